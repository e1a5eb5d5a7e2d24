import DNS
import Network
import Platform
import TestSupport
import Testing

@testable import Bench

@Suite struct `Names of targets` {
    @Test func `are addresses, or stand in the file of hosts`() throws {
        let names = HostNames(
            hosts: Array("10.1.2.3 web Other\nfd00::3 web\n".utf8), resolver: [])
        for text in ["10.9.9.9", "fd00::9"] {
            let address = try #require(IPAddress(text))
            #expect(try names.addresses(of: text) == [address])
        }
        let both = try ["10.1.2.3", "fd00::3"].map { try #require(IPAddress($0)) }
        #expect(try names.addresses(of: "WEB") == both)
        #expect(try names.addresses(of: "other") == [both[0]])
    }

    @Test(.requiresRoot) func `are looked up as pods do`() throws {
        let host = try Lab().host("pod")
        let loopback = try #require(IPAddress("127.0.0.1"))
        let socket = try host.run { try UDPSocket(AddressAndPort(loopback, 53)) }
        // Address and address again, each behind the search list and as it is.
        let server = try Thread(owning: socket) { socket in
            for _ in 0..<5 { Self.answer(socket) }
        }
        let names = HostNames(
            hosts: [],
            resolver: Array("nameserver 127.0.0.1\nsearch a.test b.test\noptions ndots:5".utf8))
        let found = try host.run { try names.addresses(of: "web") }
        let expected = try #require(IPAddress("10.1.2.3"))
        #expect(found == [expected])
        server.join()
    }

    /// Knows one name, and one address of it.
    private static func answer(_ socket: borrowing UDPSocket) {
        var bytes = [UInt8](repeating: 0, count: 2048)
        var span = bytes.mutableSpan
        guard (try? socket.socket.descriptor.wait(for: .read, until: .now + .patience)) == true,
            let received = try? socket.receive(into: &span),
            var message = try? Message(decoding: Array(bytes.prefix(received.length))),
            let question = message.questions.first
        else { return }
        message.flags.insert(.response)
        if question.name.description.hasPrefix("web.b.test") {
            if question.type == .a {
                message.answers = [Record(question.name, .a, ttl: 5, data: [10, 1, 2, 3])]
            }
        } else {
            message.responseCode = .nameError
        }
        _ = try? socket.send(message.encoded().span, to: received.source)
    }

    @Test func `that nobody knows are an error`() throws {
        let names = HostNames(hosts: [], resolver: [])
        let error = #expect(throws: BenchError.self) { try names.addresses(of: "web") }
        #expect(error?.description.contains("web") == true)
        #expect(throws: BenchError.self) { try names.addresses(of: "..") }
    }
}
