import Platform
import Wire

/// What goes through a link of a host, from the moment this is made.
package final class Capture: Sendable {
    private let socket: PacketSocket

    /// Frames that a test's traffic never comes near; more would be lost.
    private static let room = 32 << 20

    fileprivate init(_ link: String) throws {
        self.socket = try PacketSocket(interface: link, receiveBuffer: Self.room)
    }

    /// A frame and whether the host sent it.
    package struct Seen: Sendable, CustomStringConvertible {
        package let frame: Frame
        package let isOutgoing: Bool

        package var description: String { "\(isOutgoing ? "out" : "in") \(frame)" }
    }
}

extension Host {
    /// Begins to capture what goes through a link.
    package func capture(_ link: String) throws -> Capture {
        try run { try Capture(link) }
    }
}

extension Capture {
    /// The frames seen since the last look, oldest first.
    package func frames() throws -> [Seen] {
        var frames: [Seen] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            var span = buffer.mutableSpan
            guard let received = try socket.receive(into: &span) else { return frames }
            let frame = try Frame(parsing: buffer.span.extracting(first: received.length))
            frames.append(Seen(frame: frame, isOutgoing: received.isOutgoing))
        }
    }

    /// Waits for a packet; those before it are dropped from the capture.
    package func first(
        within limit: Duration = .patience, where isWanted: (Packet) -> Bool
    ) throws -> Packet {
        let deadline = MonotonicTime.now + limit
        var others: [Seen] = []
        while try socket.socket.descriptor.wait(for: .read, until: deadline) {
            let frames = try frames()
            if let found = frames.lazy.compactMap(\.frame.packet).first(where: isWanted) {
                return found
            }
            others += frames
        }
        throw LabError("no such packet came, only these: \(others)")
    }
}
