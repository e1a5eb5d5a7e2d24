import Platform

/// Small datagrams, several in one call, from each socket in turn.
struct PacketStream: Generator {
    private let outlets: [Outlet]
    private let perSecond: Double?

    private final class Outlet: Sendable {
        let socket: Socket
        init(_ socket: consuming Socket) { self.socket = socket }
    }

    init(
        _ origins: inout Origins, flows: Int, perSecond: Double?
    ) throws(PlatformError) {
        var outlets: [Outlet] = []
        var options = SocketOptions()
        options.isBlocking = true
        for _ in 0..<flows {
            let target = origins.nextTarget()
            let socket = try origins.open(.datagram, to: target, options)
            _ = try socket.connect(.ip(target))
            outlets.append(Outlet(socket))
        }
        self.outlets = outlets
        self.perSecond = perSecond
    }

    mutating func run(until end: MonotonicTime, _ tally: inout Tally) throws(PlatformError) {
        let bytes = Request.swallow.bytes
        var pace = Pace(perSecond: perSecond.map { $0 / Double(Self.batch) }, from: .now)
        var next = 0
        while pace.due < end {
            _ = pace.begin(pace.due)
            pace.advance()
            try send(bytes.span, outlets[next], &tally)
            next = next + 1 == outlets.count ? 0 : next + 1
        }
    }

    private func send(
        _ bytes: Span<UInt8>, _ outlet: Outlet, _ tally: inout Tally
    ) throws(PlatformError) {
        do throws(PlatformError) {
            tally.begin(try outlet.socket.send(bytes, times: Self.batch) ?? 0)
        } catch {
            tally.begin(Self.batch)
            try tally.note(error)
        }
    }

    /// So many that the call itself hardly costs anything, so few that no queue grows long.
    private static let batch = 16
}
