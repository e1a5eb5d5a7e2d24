import Network
import Platform
import TestSupport

/// A host of its own, so that every port is free.
func loopbackHost() throws -> Host { try Lab().host("loopback") }

let localhost = [IPAddress.v4(IPv4Address(127, 0, 0, 1)), .v6(IPv6Address(high: 0, low: 1))]

extension MonotonicTime {
    /// Later than any test on a loaded machine takes.
    static var soon: MonotonicTime { .now + .seconds(20) }
}

extension UDPSocket {
    /// Waits for a datagram and gives its text.
    func next() throws -> (text: String, source: AddressAndPort)? {
        guard try socket.descriptor.wait(for: .read, until: .soon) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 2048)
        var span = bytes.mutableSpan
        guard let received = try receive(into: &span) else { return nil }
        return (String(decoding: bytes.prefix(received.length), as: UTF8.self), received.source)
    }
}

extension StreamSocket {
    /// Waits for bytes and gives them as text; empty at the end.
    func next() throws -> String? {
        guard try socket.descriptor.wait(for: .read, until: .soon) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 2048)
        var span = bytes.mutableSpan
        return try read(into: &span).map { String(decoding: bytes.prefix($0), as: UTF8.self) }
    }

    func write(_ text: String) throws {
        try write(all: text.utf8.span, until: .soon)
    }
}

extension ListeningSocket {
    func next() throws -> StreamSocket? {
        _ = try socket.descriptor.wait(for: .read, until: .soon)
        return try accept()
    }
}
