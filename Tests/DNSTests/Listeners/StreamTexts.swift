import Platform

@testable import DNS

/// A moment of a test's own clock.
func second(_ seconds: Double) -> MonotonicTime {
    MonotonicTime(nanoseconds: 1_000_000_000) + .seconds(seconds)
}

/// A message of some length behind that length, which begins with a number to know it by.
func framed(_ number: Int, length: Int = 12) -> [UInt8] {
    framed(
        [UInt8(number >> 8 & 0xff), UInt8(number & 0xff)] + [UInt8](repeating: 7, count: length - 2)
    )
}

func framed(_ message: [UInt8]) -> [UInt8] {
    [UInt8(message.count >> 8), UInt8(message.count & 0xff)] + message
}

extension StreamConnection {
    /// A connection that was accepted at second 0.
    static func new(
        codec: (any StreamCodec)? = nil, _ change: (inout StreamSettings) -> Void = { _ in }
    ) -> StreamConnection {
        var settings = StreamSettings()
        change(&settings)
        return StreamConnection(settings, codec, at: second(0))
    }

    mutating func receive(_ octets: [UInt8], at now: MonotonicTime = second(0)) {
        receive(octets.span, at: now)
    }

    /// Takes all messages that may be taken, and ends the turn.
    mutating func takeAll(at now: MonotonicTime = second(0)) -> [[UInt8]] {
        var messages: [[UInt8]] = []
        while let range = takeMessage(at: now) {
            let span = message(range)
            messages.append(span.indices.map { span[$0] })
        }
        settle(at: now)
        return messages
    }

    mutating func send(_ octets: [UInt8], at now: MonotonicTime = second(0)) {
        send(octets.span, at: now)
    }
}

extension MonotonicTime {
    /// The seconds of a test's clock.
    var secondsOfTest: Double { (self - second(0)) / .seconds(1) }
}

extension StreamOutput {
    /// A copy of what is unsent.
    var copied: [UInt8] {
        let span = unsent
        return span.indices.map { span[$0] }
    }
}
