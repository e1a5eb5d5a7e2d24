import Glibc

/// One end of a TCP or Unix connection.
package struct StreamSocket: ~Copyable, Sendable {
    package let socket: Socket

    init(_ socket: consuming Socket) { self.socket = socket }

    /// Starts to connect; when the socket can be written to, `finishConnecting` says how it went.
    package init(
        connectingTo address: SocketAddress, from local: SocketAddress? = nil,
        keepsRecords: Bool = false, _ options: SocketOptions = SocketOptions()
    ) throws(PlatformError) {
        let socket = try Socket(
            for: address, type: keepsRecords ? SOCK_SEQPACKET : SOCK_STREAM, options)
        if let local { try socket.bind(local) }
        _ = try socket.connect(address)
        self.socket = socket
    }

    /// Connects before the deadline.
    package init(
        connectedTo address: SocketAddress, from local: SocketAddress? = nil,
        keepsRecords: Bool = false, until deadline: MonotonicTime,
        _ options: SocketOptions = SocketOptions()
    ) throws(PlatformError) {
        let stream = try StreamSocket(
            connectingTo: address, from: local, keepsRecords: keepsRecords, options)
        guard try stream.socket.descriptor.wait(for: .write, until: deadline) else {
            throw PlatformError(.timedOut, "connect to", "\(address)")
        }
        try stream.finishConnecting(to: address)
        self = stream
    }

    /// Throws when the connection was refused or could not be made.
    package borrowing func finishConnecting(to address: SocketAddress) throws(PlatformError) {
        try socket.finishConnecting(to: address)
    }

    /// Two connected Unix sockets.
    package static func pair(keepsRecords: Bool = false) throws(PlatformError) -> Pair {
        var ends: [2 of CInt] = [-1, -1]
        var span = ends.mutableSpan
        let type = keepsRecords ? SOCK_SEQPACKET : SOCK_STREAM
        let flags = CInt(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        _ = try unsafe span.withUnsafeMutableBufferPointer { ends throws(PlatformError) in
            try syscall("open socket pair") {
                unsafe socketpair(AF_UNIX, CInt(type.rawValue) | flags, 0, ends.baseAddress)
            }
        }
        return Pair(first: Self(owning: ends[0]), second: Self(owning: ends[1]))
    }

    package struct Pair: ~Copyable, Sendable {
        package let first: StreamSocket
        package let second: StreamSocket
    }

    private init(owning number: CInt) { socket = Socket(Descriptor(owning: number)) }
}

extension StreamSocket {
    /// Takes what has arrived; nil means nothing yet, zero that the peer sends no more.
    package borrowing func read(
        into buffer: inout MutableSpan<UInt8>
    ) throws(PlatformError) -> Int? {
        try socket.receive(into: &buffer)
    }

    /// Sends as much as there is room for and says how much; nil means there is none.
    package borrowing func write(_ bytes: Span<UInt8>) throws(PlatformError) -> Int? {
        try socket.send(bytes)
    }

    /// Sends all of the bytes before the deadline.
    package borrowing func write(
        all bytes: Span<UInt8>, until deadline: MonotonicTime
    ) throws(PlatformError) {
        var start = 0
        while start < bytes.count {
            if let count = try write(bytes.extracting(start..<bytes.count)) {
                start += count
            } else if try !socket.descriptor.wait(for: .write, until: deadline) {
                throw PlatformError(.timedOut, "send")
            }
        }
    }

    package enum Direction: Sendable {
        case read, write, both
    }

    /// Ends one direction or both; the peer reads the end, and the other direction goes on.
    package borrowing func shutdown(_ direction: Direction) throws(PlatformError) {
        let number = socket.descriptor.rawValue
        let how =
            switch direction {
            case .read: SHUT_RD
            case .write: SHUT_WR
            case .both: SHUT_RDWR
            }
        _ = try syscall("end a connection") { Glibc.shutdown(number, CInt(how)) }
    }
}
