package import Platform

/// A netlink socket that carries requests to the kernel and brings each its answer.
///
/// The kernel answers while the request is being sent, or, for dumps, while the answer is being
/// read. So an answer that is not there was lost, and no call here ever waits.
package struct Connection: ~Copyable, Sendable {
    package let socket: NetlinkSocket
    private var buffer: [UInt8]
    private var nextSequence: UInt32 = 1

    /// More than the kernel puts into one datagram (32 KiB for a dump).
    private static let bufferSize = 65_536

    /// Opens a connection to the calling thread's namespace.
    package init(_ family: NetlinkSocket.Family) throws(NetlinkError) {
        do {
            self.init(try NetlinkSocket(asking: family))
        } catch {
            throw NetlinkError(error)
        }
    }

    /// Opens a connection to another namespace; it stays there wherever it is used.
    package init(
        _ family: NetlinkSocket.Family, in namespace: borrowing NetworkNamespace
    ) throws(NetlinkError) {
        do {
            self.init(
                try namespace.run { () throws(PlatformError) in
                    try NetlinkSocket(asking: family)
                })
        } catch {
            throw NetlinkError(error)
        }
    }

    package init(_ socket: consuming NetlinkSocket) {
        self.socket = socket
        // Not filled: of its pages, only those that an answer reaches are ever touched.
        buffer = unsafe Array(unsafeUninitializedCapacity: Self.bufferSize) { _, count in
            count = Self.bufferSize
        }
    }

    /// Takes sequence numbers that no other request on this connection has.
    package mutating func reserveSequence(_ count: Int) -> UInt32 {
        let first = nextSequence
        nextSequence &+= UInt32(truncatingIfNeeded: count)
        return first
    }
}

extension NetlinkSocket {
    /// A socket whose answers carry the kernel's words, and whose dumps the kernel filters.
    fileprivate init(asking family: Family) throws(PlatformError) {
        let socket = try NetlinkSocket(family)
        try socket.enableExtendedErrors()
        if family == .route { try socket.enableStrictChecking() }
        self = socket
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
    /// Reads one datagram and hands out its messages; false when nothing is there.
    package mutating func receive(
        _ body: (borrowing Message) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> Bool {
        switch try socket.receive(into: &buffer) {
        case .nothing: return false
        case .overrun: throw NetlinkError(.overrun, "receive netlink answer")
        case .datagram(let count):
            var messages = Messages(buffer.span.extracting(0..<count))
            while let message = try messages.next() { try body(message) }
            return true
        }
    }

    /// Reads what is left of an answer that is not wanted any more.
    ///
    /// Until a dump is read to its end, the kernel refuses the next one on this socket (EBUSY).
    mutating func drain() {
        while true {
            guard let received = try? socket.receive(into: &buffer) else { return }
            if received == .nothing { return }
        }
    }
}

extension NetlinkSocket {
    /// Reads one datagram that is there already.
    borrowing func receive(into buffer: inout [UInt8]) throws(NetlinkError) -> Received {
        var space = buffer.mutableSpan
        do {
            return try receive(into: &space, wait: false)
        } catch {
            throw NetlinkError(error)
        }
    }
}
