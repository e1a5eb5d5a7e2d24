import Network
import Platform

extension ForwardEngine {
    /// Asks on a connection that is there, or on a new one; on none that may have been given up.
    mutating func askByStream(
        _ id: QuestionID, _ upstream: Int, fresh: Bool, at now: MonotonicTime
    ) {
        guard let question = questions[id] else { return }
        let longest = settings(of: upstream).longestConnection
        let usable = upstreams[upstream].connections.last { socket in
            connections[socket].map { connection in
                connection.takesQuestion(at: now, longestLife: longest)
                    && !(fresh && connection.hasAnswered)
            } ?? false
        }
        if usable != nil { act(.observe(.connectionUsed(upstream: upstream))) }
        let socket = usable ?? connect(upstream, at: now)
        if let timer = connections[socket]?.idle.take() { timers.cancel(timer) }
        let query = query(question, upstream, id: freeID(on: socket))
        connections[socket]?.questions[query.id] = id
        let length = UInt16(query.bytes.count)
        act(.send(socket, [UInt8(length >> 8), UInt8(truncatingIfNeeded: length)] + query.bytes))
        questions[id]?.tries.append(
            .init(
                upstream: upstream, socket: socket, id: query.id, sentAt: now, isStream: true,
                query: query))
    }

    private mutating func connect(_ upstream: Int, at now: MonotonicTime) -> SocketID {
        let socket = SocketID(rawValue: nextNumber())
        connections[socket] = UpstreamConnection(to: upstream, at: now)
        upstreams[upstream].connections.append(socket)
        act(.observe(.connectionOpened(upstream: upstream)))
        act(.connect(socket, upstream: upstream))
        return socket
    }

    /// A connection takes far fewer questions than there are ids.
    private mutating func freeID(on socket: SocketID) -> UInt16 {
        while true {
            let id = UInt16(truncatingIfNeeded: random.next())
            if connections[socket]?.questions[id] == nil { return id }
        }
    }

    /// Bytes came on a connection.
    mutating func received(_ bytes: [UInt8], on socket: SocketID, at now: MonotonicTime) {
        guard let messages = connections[socket]?.messages(bytes, at: now) else { return }
        for message in messages where message.count >= headerLength {
            let id = message.span.bigEndian16(at: 0)
            guard let question = connections[socket]?.questions[id],
                let index = questions[question]?.index(ofTryOn: socket, id: id),
                let attempt = questions[question]?.tries[index]
            else { continue }
            received(message, for: question, attempt, at: now)
        }
    }

    /// A connection ended; who waits for it asks elsewhere.
    mutating func ended(_ socket: SocketID, _ failure: SocketFailure, at now: MonotonicTime) {
        guard let connection = connections[socket] else { return }
        close(socket)
        for (id, question) in connection.questions.sorted(by: { $0.key < $1.key }) {
            guard let index = questions[question]?.index(ofTryOn: socket, id: id) else { continue }
            if connection.hasAnswered, questions[question]?.tries[index].hasFailed == false {
                questions[question]?.tries[index].hasFailed = true
                ask(
                    question, connection.upstream, byStream: true, onFreshConnection: true, at: now)
            } else {
                failed(failure, question, try: index, at: now)
            }
        }
    }

    /// A question no longer waits for its reply on a connection.
    mutating func leave(_ socket: SocketID, id: UInt16, at now: MonotonicTime) {
        guard connections[socket]?.questions.removeValue(forKey: id) != nil,
            let connection = connections[socket], connection.questions.isEmpty
        else { return }
        let settings = settings(of: connection.upstream)
        let idle = upstreams[connection.upstream].connections.count { socket in
            connections[socket]?.questions.isEmpty == true
        }
        if connection.isRetired || idle > settings.mostIdleConnections { return close(socket) }
        connections[socket]?.idle = timers.schedule(.idle(socket), at: now + settings.expire)
    }

    mutating func retire(_ socket: SocketID) { connections[socket]?.isRetired = true }

    mutating func close(_ socket: SocketID) {
        guard let connection = connections.removeValue(forKey: socket) else { return }
        if let timer = connection.idle { timers.cancel(timer) }
        upstreams[connection.upstream].connections.removeAll { $0 == socket }
        act(.close(socket))
    }
}
