import Kubernetes
import Network
import Support
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `Connections that are counted` {
    @Test(arguments: IPFamily.allCases)
    func `each address of a service counts its own, through changes of its endpoints`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start { $0.table.counts = true }
            let addresses = lab.addresses
            let service = addresses.service("web", 1) { $0.expose(1, addresses) }
            // Claims an address that another has, and is no owner of what is counted there.
            var late = addresses.service("late", 2)
            late.spec.externalIPs = service.spec.externalIPs
            try proxy.put(service, addresses.slice(of: "web", pods: "near1"))
            try proxy.put(late, addresses.slice(of: "late", pods: "near2"))
            for _ in 0..<7 { try ask(lab.client, .tcp, addresses.service(1)) }
            try proxy.put(service, addresses.slice(of: "web", pods: "near1", "there1"))
            for _ in 0..<2 { try ask(lab.client, .udp, addresses.service(1)) }
            for _ in 0..<3 { try ask(lab.outside, .tcp, addresses.wire(9, 1), 30001) }
            try ask(lab.outside, .tcp, addresses.external(1))

            let counts = try counts(lab)
            func count(_ transport: TransportProtocol, _ destination: String) -> Double? {
                counts["web \(transport.lowercaseName) \(transport) \(destination)"]
            }
            let own = try lab.service(1)
            let external = AddressAndPort(try IPAddress(validating: addresses.external(1)), 80)
            #expect(count(.tcp, "\(own)") == 7)
            #expect(count(.udp, "\(own)") == 2)
            #expect(count(.tcp, "node:30001") == 3)
            #expect(count(.tcp, "\(external)") == 1)
            #expect(count(.sctp, "\(own)") == 0)
            #expect(counts.keys.count { $0.hasPrefix("late ") } == TransportProtocol.allCases.count)
        }
    }

    @Test func `nothing is read where nothing is counted`() {
        #expect(ConnectionCounts(ProxySettings(nodeName: "n1")) == nil)
    }

    private func ask(
        _ host: Host, _ transport: TransportProtocol, _ address: String, _ port: Port = 80
    ) throws {
        #expect(try host.answer(transport, address, port).server != nil)
    }

    /// Values by service, port, protocol and destination.
    private func counts(_ lab: ProxyLab) throws -> [String: Double] {
        var settings = ProxySettings(nodeName: "n1")
        settings.families = [lab.family]
        settings.table.counts = true
        let snapshot = lab.cluster.store.snapshot
        let metric = try lab.node.run { try ConnectionCounts(settings)?.family(for: snapshot) }
        let samples = Exposition.text([metric].compactMap(\.self)).split(separator: "\n")
        return samples.filter { !$0.hasPrefix("#") }.reduce(into: [:]) { counts, line in
            let labels = line.split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }
            let words = labels.map { String($0.element) }
            #expect(words.prefix(2) == [lab.family.description, "lab"])
            counts[words.dropFirst(2).joined(separator: " ")] = line.split(separator: " ").last
                .flatMap { Double($0) }
        }
    }
}
