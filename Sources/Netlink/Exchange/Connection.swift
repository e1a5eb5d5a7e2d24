package import Platform
import CMnl

/// A netlink socket that carries requests to the kernel and brings each its answer.
///
/// The kernel answers while the request is being sent, or, for dumps, while the answer is being
/// read. So an answer that is not there was lost, and no call here ever waits.
package struct Connection: ~Copyable {
    package let socket: NetlinkSocket
    private var buffer: [UInt8]
    private var nextSequence: UInt32 = 1

    /// Requests whose answers surely fit the default receive buffer together.
    private static let requestsInFlight = 64
    /// How often a dump that changed under our eyes is repeated.
    private static let dumpAttempts = 16
    /// More than the kernel puts into one datagram (32 KiB for a dump).
    private static let bufferSize = 65_536

    package init(_ family: NetlinkSocket.Family) throws(NetlinkError) {
        do {
            let socket = try NetlinkSocket(family)
            try socket.enableExtendedErrors()
            if family == .route { try socket.enableStrictChecking() }
            self.init(socket)
        } catch {
            throw NetlinkError(error)
        }
    }

    package init(_ socket: consuming NetlinkSocket) {
        self.socket = socket
        buffer = Array(repeating: 0, count: Self.bufferSize)
    }

    /// Takes sequence numbers that no other request on this connection has.
    package mutating func reserveSequence(_ count: Int) -> UInt32 {
        let first = nextSequence
        nextSequence &+= UInt32(truncatingIfNeeded: count)
        return first
    }
}

extension Connection {
    /// Sends one request and waits until the kernel has done it.
    package mutating func run(_ request: Request) throws(NetlinkError) {
        try run([request])
    }

    /// Sends requests together; the first failure is thrown after all were tried in order.
    package mutating func run(_ requests: [Request]) throws(NetlinkError) {
        for case let failure? in try outcomes(of: requests) { throw failure }
    }

    /// Sends requests together and tells for each how it failed, or nil.
    package mutating func outcomes(
        of requests: [Request]
    ) throws(NetlinkError) -> [NetlinkError?] {
        var outcomes = [NetlinkError?]()
        outcomes.reserveCapacity(requests.count)
        var rest = requests[...]
        while !rest.isEmpty {
            let window = rest.prefix(Self.requestsInFlight)
            rest = rest.dropFirst(window.count)
            outcomes += try exchange(window) { _, _ throws(NetlinkError) in }
        }
        return outcomes
    }

    /// Collects what a request is answered with; a dump that was interrupted starts again.
    package mutating func collect<Value>(
        _ request: Request, _ decode: (borrowing Message) throws(NetlinkError) -> Value?
    ) throws(NetlinkError) -> [Value] {
        for _ in 0..<Self.dumpAttempts {
            var values = [Value]()
            let outcome = try exchange([request]) { _, message throws(NetlinkError) in
                if let value = try decode(message) { values.append(value) }
            }
            guard let failure = outcome[0] else { return values }
            guard failure.code == .interrupted else { throw failure }
        }
        throw request.error(.interrupted)
    }

    /// The one answer to a request, or nil when the kernel says there is no such object.
    package mutating func find<Value>(
        _ request: Request, _ decode: (borrowing Message) throws(NetlinkError) -> Value?
    ) throws(NetlinkError) -> Value? {
        do {
            return try collect(request, decode).first
        } catch  where error.isAbsence {
            return nil
        }
    }
}

extension NetlinkError {
    /// Whether the kernel says that the object is not there.
    package var isAbsence: Bool {
        switch errno {
        case .noSuchEntry?, .noDevice?, .noSuchProcess?, .addressNotAvailable?: true
        default: false
        }
    }
}

extension Connection {
    /// Sends one buffer of messages as it is.
    package borrowing func send(_ messages: Span<UInt8>) throws(NetlinkError) {
        do {
            try socket.send(messages)
        } catch {
            throw NetlinkError(error)
        }
    }

    /// Makes room for a single write of so many bytes.
    package borrowing func reserveSendBuffer(_ bytes: Int) throws(NetlinkError) {
        do {
            try socket.reserveSendBuffer(bytes)
        } catch {
            throw NetlinkError(error)
        }
    }

    /// Makes room for so many bytes of answers or events that wait.
    package borrowing func reserveReceiveBuffer(_ bytes: Int) throws(NetlinkError) {
        do {
            try socket.reserveReceiveBuffer(bytes)
        } catch {
            throw NetlinkError(error)
        }
    }
}

extension Connection {
    private mutating func exchange(
        _ requests: ArraySlice<Request>,
        _ body: (Int, borrowing Message) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> [NetlinkError?] {
        let first = reserveSequence(requests.count)
        try send(stamped(requests, from: first).span)
        var exchange = Exchange(
            requests: requests.count, firstSequence: first, port: socket.port)
        var outcomes = [NetlinkError?](repeating: nil, count: requests.count)
        let base = requests.startIndex
        while exchange.outstanding > 0 {
            let answered = try receive { message throws(NetlinkError) in
                switch try exchange.receive(message) {
                case .data(let index): try body(index, message)
                case .ended(let index, let failure?):
                    outcomes[index] = requests[base + index].failed(failure)
                case .ended, .foreign: break
                }
            }
            if !answered { throw requests[base].error(.unanswered) }
        }
        return outcomes
    }

    /// One buffer with all requests, each with its own sequence number.
    private func stamped(_ requests: ArraySlice<Request>, from first: UInt32) -> [UInt8] {
        var bytes = [UInt8]()
        bytes.reserveCapacity(requests.reduce(0) { $0 + $1.message.count })
        for (index, request) in requests.enumerated() {
            let field = bytes.count + Request.sequenceOffset
            bytes += request.message
            let sequence = first &+ UInt32(index)
            unsafe withUnsafeBytes(of: sequence) { source in
                for place in 0..<source.count { bytes[field + place] = unsafe source[place] }
            }
        }
        return bytes
    }

    /// Reads one datagram and hands out its messages; false when nothing is there.
    package mutating func receive(
        _ body: (borrowing Message) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> Bool {
        switch try Self.receive(from: socket, into: &buffer) {
        case .nothing: return false
        case .overrun: throw NetlinkError(.overrun, "receive netlink answer")
        case .datagram(let count):
            var messages = Messages(buffer.span.extracting(0..<count))
            while let message = try messages.next() { try body(message) }
            return true
        }
    }

    private static func receive(
        from socket: borrowing NetlinkSocket, into buffer: inout [UInt8]
    ) throws(NetlinkError) -> NetlinkSocket.Received {
        var space = buffer.mutableSpan
        do {
            return try socket.receive(into: &space, wait: false)
        } catch {
            throw NetlinkError(error)
        }
    }
}

extension Request {
    /// Where a message's sequence number stands: behind length, type and flags.
    fileprivate static let sequenceOffset = 8

    fileprivate func failed(_ failure: Exchange.Failure) -> NetlinkError {
        switch failure {
        case .refused(let errno, let text): error(.refused(errno), text: text)
        case .interrupted: error(.interrupted)
        }
    }
}
