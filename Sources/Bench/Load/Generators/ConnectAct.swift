import Network
import Platform

/// Connects, and ends the connection with a reset at once, so that its ports are free again.
///
/// SYN, answer and acknowledgement go all their way within the one call, on the client's processor,
/// whichever namespaces they pass: how long the call takes is how long the connection takes.
struct ConnectAct: Act {
    private var origins: Origins
    private let request: Request?
    private let options: SocketOptions
    private var answer: [UInt8]

    /// With a request, its answer is awaited too.
    init(_ origins: Origins, _ request: Request?, patience: Duration) {
        self.origins = origins
        self.request = request
        answer = Array(repeating: 0, count: 4096)
        var options = SocketOptions()
        options.isBlocking = true
        options.waitLimit = patience
        options.resetsOnClose = true
        options.sendsAtOnce = request != nil
        self.options = options
    }

    mutating func perform(
        _ begin: () -> Start, _ tally: inout Tally
    ) throws(PlatformError) {
        let target = origins.nextTarget()
        let socket = try origins.open(.stream, to: target, options)
        let start = begin()
        tally.begin()
        do throws(PlatformError) {
            guard try socket.connect(.ip(target)), try ask(socket) else { return }
            tally.end(start)
            noteAccept(start, &tally)
        } catch {
            try tally.note(error)
        }
    }

    mutating func finish(until deadline: MonotonicTime, _ tally: inout Tally) {}

    /// Sends the request and waits for the first byte of the answer; false if there is none.
    private mutating func ask(_ socket: borrowing Socket) throws(PlatformError) -> Bool {
        guard let request else { return true }
        guard try socket.send(request.bytes.span) != nil else { return false }
        return (try socket.receive(into: &answer) ?? 0) > 0
    }

    private func noteAccept(_ start: Start, _ tally: inout Tally) {
        guard let request, request.isEcho else { return }
        let accepted = Stamps.accepted(in: answer).nanoseconds
        tally.accepts.record(UInt64(max(0, accepted - start.actual.nanoseconds)))
    }
}
