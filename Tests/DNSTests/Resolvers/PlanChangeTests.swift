import Kubernetes
import Network
import Platform
import TestSupport
import Testing

@testable import DNS

/// A service that passes from one Corefile to another.
@Suite(.requiresRoot) struct `A changed Corefile` {
    private static let count = 2000

    /// So many services that it takes a while to take them up.
    private static var store: ObjectStore {
        var writer = StoreWriter()
        var services = writer.beginReplacement(of: Service.self)
        for number in 0..<count {
            var service = Service()
            (service.metadata.name, service.metadata.namespace) = ("web-\(number)", "shop")
            let address = IPv4Address(rawValue: 10 << 24 | 96 << 16 + UInt32(number))
            service.spec.clusterIPs = [.address(.v4(address))]
            services.stage(service)
        }
        writer.commit(services)
        writer.commit(writer.beginReplacement(of: EndpointSlice.self))
        writer.commit(writer.beginReplacement(of: Namespace.self))
        writer.publish()
        return writer.store
    }

    private static func plan(_ option: String) throws -> ServerPlan {
        let text = ".:53 {\n kubernetes cluster.local {\n\(option)\n}\n}\n"
        let file = try Corefile.parse(Array(text.utf8), file: "Corefile")
        return try ServerPlan(file, surroundings)
    }

    private static var surroundings: Surroundings {
        Surroundings(
            addresses: { _ throws(DNSError) in [] }, families: [.v4], hostname: "node",
            version: "1")
    }

    private static func ask() throws -> ResponseCode? {
        let server = AddressAndPort(.v4(.loopback), 53)
        let socket = try UDPSocket(connectedTo: server)
        let name = try DomainName("web-\(count - 1).shop.svc.cluster.local")
        _ = try socket.send(Message.query(name, .a, id: 1).encoded().span)
        var buffer = [UInt8](repeating: 0, count: 512)
        let deadline = MonotonicTime.now + .patience
        while MonotonicTime.now < deadline {
            var span = buffer.mutableSpan
            if let received = try socket.receive(into: &span) {
                return try Message(decoding: Array(buffer[..<received.length])).responseCode
            }
            sleep(for: .microseconds(100))
        }
        return nil
    }

    @Test func `that makes other names of the objects leaves none unknown for a moment`() throws {
        let host = try Lab().host("node")
        let codes = try host.run {
            let service = NameService(
                Self.store, Self.surroundings, cookies: CookieSecret(low: 1, high: 2)
            ) { _ in }
            try service.apply(try Self.plan("ttl 5"))
            let deadline = MonotonicTime.now + .patience
            while try Self.ask() != .noError, MonotonicTime.now < deadline {}
            try service.apply(try Self.plan("noendpoints"))
            return try [Self.ask(), Self.ask()]
        }
        #expect(codes == [.noError, .noError])
    }
}
