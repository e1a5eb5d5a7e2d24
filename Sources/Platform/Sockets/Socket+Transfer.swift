import CLinux
import Glibc
import Network

// A call that would wait answers nil. Sockets are nonblocking, so one that is not ready never holds
// its thread.
extension Socket {
    /// Takes what has arrived; zero bytes are the end of a stream or an empty datagram.
    package borrowing func receive(
        into buffer: inout MutableSpan<UInt8>
    ) throws(PlatformError) -> Int? {
        let number = descriptor.rawValue
        return try unsafe buffer.withUnsafeMutableBytes { bytes throws(PlatformError) in
            try nonblocking("receive") { unsafe recv(number, bytes.baseAddress, bytes.count, 0) }
        }
    }

    /// Takes what has arrived into the free rest of a buffer.
    package borrowing func receive(
        appendingTo output: inout OutputSpan<UInt8>
    ) throws(PlatformError) -> Int? {
        try descriptor.read(appendingTo: &output, of: "socket")
    }

    /// Sends from the start of the bytes and says how many went; a datagram goes whole.
    package borrowing func send(_ bytes: Span<UInt8>) throws(PlatformError) -> Int? {
        let number = descriptor.rawValue
        return try unsafe bytes.withUnsafeBytes { bytes throws(PlatformError) in
            // A peer that has gone is an error here, not a signal that ends the process.
            try nonblocking("send") {
                unsafe Glibc.send(number, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
            }
        }
    }
}

extension Socket {
    /// Sends a datagram to the one peer so many times, 64 at most, by one call; how many went.
    package borrowing func send(
        _ bytes: Span<UInt8>, times: Int
    ) throws(PlatformError) -> Int? {
        let number = descriptor.rawValue
        return try unsafe bytes.withUnsafeBytes { bytes throws(PlatformError) in
            try nonblocking("send datagrams") {
                unsafe weft_datagram_repeat(
                    number, bytes.baseAddress, bytes.count, UInt32(clamping: times))
            }.map(Int.init)
        }
    }

    /// Takes a datagram with where it came from; the length may exceed the buffer's.
    borrowing func receiveDatagram(
        into buffer: inout MutableSpan<UInt8>
    ) throws(PlatformError) -> (length: Int, source: RawSocketAddress)? {
        let number = descriptor.rawValue
        var source = RawSocketAddress()
        let length = try unsafe buffer.withUnsafeMutableBytes { bytes throws(PlatformError) in
            try nonblocking("receive datagram") {
                unsafe source.withMutablePointer {
                    unsafe recvfrom(
                        number, bytes.baseAddress, bytes.count, CInt(MSG_TRUNC), $0, $1)
                }
            }
        }
        return length.map { ($0, source) }
    }

    borrowing func send(
        _ bytes: Span<UInt8>, to peer: AddressAndPort, zone: UInt32
    ) throws(PlatformError) -> Bool {
        let number = descriptor.rawValue
        let raw = RawSocketAddress(peer, zone: zone)
        return try unsafe bytes.withUnsafeBytes { bytes throws(PlatformError) in
            try nonblocking("send datagram to", "\(peer)") {
                unsafe raw.withPointer {
                    unsafe sendto(number, bytes.baseAddress, bytes.count, 0, $0, $1)
                }
            }
        } != nil
    }

    borrowing func send(
        _ bytes: Span<UInt8>, to peer: AddressAndPort, from local: IPAddress
    ) throws(PlatformError) -> Bool {
        let number = descriptor.rawValue
        let raw = RawSocketAddress(peer, zone: 0)
        let octets = local.wireOctets
        return try unsafe bytes.withUnsafeBytes { bytes throws(PlatformError) in
            try nonblocking("send datagram to", "\(peer)") {
                unsafe raw.withPointer { peer, length in
                    unsafe octets.withUnsafeBufferPointer { local in
                        unsafe weft_datagram_send(
                            number, bytes.baseAddress, bytes.count, peer, length,
                            local.baseAddress, local.count)
                    }
                }
            }
        } != nil
    }
}

extension IPAddress {
    /// The octets as they are sent.
    fileprivate var wireOctets: [UInt8] {
        switch self {
        case .v4(let address): (0..<4).map { address.octets[$0] }
        case .v6(let address): (0..<16).map { address.octets[$0] }
        }
    }
}
