import Network
import Platform
import Synchronization
import Testing

@testable import Support

@Suite("A status loop")
struct StatusLoopTests {
    private let loopback = AddressAndPort(.v4(IPv4Address(127, 0, 0, 1)), 0)

    /// The body of the answer; nil when nobody listens.
    private func ask(_ address: AddressAndPort) throws -> String? {
        do {
            return try exchange(with: address)
        } catch let error as PlatformError where error.code == .connectionRefused {
            return nil
        }
    }

    private func exchange(with address: AddressAndPort) throws -> String? {
        let deadline = MonotonicTime.now + .seconds(20)
        let socket = try StreamSocket(connectedTo: .ip(address), until: deadline)
        try socket.write(all: "GET / HTTP/1.1\r\n\r\n".utf8.span, until: deadline)
        _ = try socket.socket.descriptor.wait(for: .read, until: deadline)
        var bytes: [UInt8] = []
        try bytes.append(addingCapacity: 4096) { output throws(PlatformError) in
            _ = try socket.socket.receive(appendingTo: &output)
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").last
            .map(String.init)
    }

    @Test func `many listeners share a thread, and end with their owners`() throws {
        let loop = try StatusLoop()
        var listeners = try (0..<20).map { number in
            try loop.listen(on: loopback) { _ in Response("\(number)") }
        }
        let addresses = listeners.map(\.address)
        #expect(try addresses.map(ask) == (0..<20).map(String.init))
        listeners.removeFirst(10)
        #expect(try addresses.map(ask).prefix(10).allSatisfy { $0 == nil })
        #expect(try addresses.map(ask).suffix(10) == (10..<20).map(String.init)[...])
    }

    @Test func `S134 a port that is taken is an error, or is waited for`() throws {
        let loop = try StatusLoop()
        var first: StatusListener? = try loop.listen(on: loopback) { _ in Response("first") }
        let address = try #require(first?.address)
        let error = #expect(throws: PlatformError.self) {
            try loop.listen(on: address) { _ in Response("second") }
        }
        #expect(error?.code == .addressInUse)
        let failures = Mutex(0)
        let second = loop.listen(on: address, retryingEvery: .milliseconds(5)) { error in
            failures.withLock { $0 += error.code == .addressInUse ? 1 : 1000 }
        } answer: { _ in
            Response("second")
        }
        let deadline = MonotonicTime.now + .seconds(20)
        while failures.withLock({ $0 }) < 3, MonotonicTime.now < deadline {
            sleep(for: .milliseconds(1))
        }
        #expect(3..<1000 ~= failures.withLock { $0 })
        #expect(try ask(address) == "first")
        first = nil
        while try ask(address) == nil, MonotonicTime.now < deadline {}
        #expect(try ask(address) == "second")
        withExtendedLifetime(second) {}
    }

    @Test(
        "where to listen is read as Go's programs read it",
        arguments: [
            (":10256", "[::]:10256"), ("0.0.0.0:10256", "0.0.0.0:10256"),
            ("[::]:10256", "[::]:10256"), ("127.0.0.1:10249", "127.0.0.1:10249"),
        ])
    func address(text: String, address: String) throws {
        #expect(try AddressAndPort(listeningOn: text).description == address)
    }

    @Test("what is no address is refused", arguments: ["", ":", "10256", ":0", "localhost:1"])
    func refused(text: String) {
        #expect(throws: NetworkError.self) { try AddressAndPort(listeningOn: text) }
    }

    @Test func `all addresses means both families`() throws {
        let loop = try StatusLoop()
        let all = AddressAndPort(.v6(.unspecified), 0)
        let listener = try loop.listen(on: all) { _ in Response("all") }
        let port = listener.address.port
        #expect(try ask(AddressAndPort(loopback.address, port)) == "all")
        #expect(try ask(AddressAndPort(.v6(IPv6Address(high: 0, low: 1)), port)) == "all")
    }
}
