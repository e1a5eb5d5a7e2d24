import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `A raw socket` {
    @Test(arguments: localhost)
    func `carries payloads of its protocol`(address: IPAddress) throws {
        let host = try loopbackHost()
        let family = address.family
        let receiver = try host.run { try RawSocket(family, .sctp) }
        let sender = try host.run { try RawSocket(family, .sctp) }
        #expect(try sender.send("payload".utf8.span, to: address))

        _ = try receiver.socket.descriptor.wait(for: .read, until: .soon)
        var bytes = [UInt8](repeating: 0, count: 512)
        var span = bytes.mutableSpan
        let received = try #require(try receiver.receive(into: &span))
        #expect(received.source == address)
        let headerLength = family == .v4 ? 20 : 0
        #expect(bytes.prefix(received.length).dropFirst(headerLength) == ArraySlice("payload".utf8))
    }
}
