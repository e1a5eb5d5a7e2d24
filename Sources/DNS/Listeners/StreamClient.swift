import Network
import Platform

/// A connection with its socket, on the thread that serves it.
final class StreamClient {
    let source: StreamSource
    let socket: StreamSocket
    let client: Client
    var connection: StreamConnection
    var place: StreamCrowd.Place
    /// The activity that the place is for.
    var noted: MonotonicTime
    /// What the loop reports of the socket.
    private var awaited = Readiness.read
    private var timer: (id: EventLoop<StreamSource>.Timer, time: MonotonicTime)?

    init(
        _ source: StreamSource, _ socket: consuming StreamSocket, _ client: Client,
        _ connection: StreamConnection, at place: StreamCrowd.Place
    ) {
        self.source = source
        self.socket = socket
        self.client = client
        self.connection = connection
        self.place = place
        noted = connection.lastActivity
    }
}

extension StreamClient {
    /// Reads once; a broken connection is ended.
    func read(into room: inout [UInt8], at now: MonotonicTime) {
        var span = room.mutableSpan
        do throws(PlatformError) {
            guard let count = try socket.read(into: &span) else { return }
            if count == 0 { return connection.receiveEnd() }
            connection.receive(room.span.extracting(first: count), at: now)
        } catch {
            connection.end(.reset)
        }
    }

    /// Writes what waited, as far as there is room for it.
    func write(at now: MonotonicTime) {
        if connection.outgoing.isEmpty { return }
        do throws(PlatformError) {
            guard let count = try socket.write(connection.outgoing.unsent) else { return }
            connection.wrote(count, at: now)
        } catch {
            connection.end(.reset)
        }
    }

    /// Writes framed replies, and keeps what there is no room for.
    func write(_ framed: Span<UInt8>, at now: MonotonicTime) {
        guard connection.outgoing.isEmpty, connection.codec == nil else {
            connection.send(framed, at: now)
            return write(at: now)
        }
        do throws(PlatformError) {
            let count = try socket.write(framed) ?? 0
            connection.send(framed.extracting(droppingFirst: count), at: now)
        } catch {
            connection.end(.reset)
        }
    }
}

extension StreamClient {
    /// Begins to be reported.
    func join(_ loop: inout EventLoop<StreamSource>) throws(PlatformError) {
        try loop.add(socket.socket.descriptor, awaited, as: source)
        updateTimer(&loop)
    }

    /// Has the loop report what the connection waits for.
    func update(_ loop: inout EventLoop<StreamSource>) {
        let wishes = connection.wishes
        if wishes != awaited {
            do throws(PlatformError) {
                try loop.change(socket.socket.descriptor, wishes, as: source)
                awaited = wishes
            } catch {
                connection.end(.reset)
            }
        }
        updateTimer(&loop)
    }

    /// A deadline that moved away is looked at when the timer fires.
    private func updateTimer(_ loop: inout EventLoop<StreamSource>) {
        let deadline = connection.deadline.time
        if let timer {
            if timer.time <= deadline { return }
            loop.cancel(timer.id)
        }
        timer = (loop.schedule(source, at: deadline), deadline)
    }

    func timerFired() { timer = nil }

    /// Stops being reported, and closes in the way that the ending asks for.
    func leave(_ loop: inout EventLoop<StreamSource>) {
        if let timer { loop.cancel(timer.id) }
        if let ending = connection.ending, ending.discardsReplies {
            try? socket.resetOnClose()
        } else {
            // What a codec still says.
            write(at: .now)
        }
    }

    /// A socket that is reported although nothing is awaited has failed.
    var isHungUp: Bool { awaited.isEmpty }
}
