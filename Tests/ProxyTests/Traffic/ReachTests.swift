import Kubernetes
import NFTables
import Network
import Platform
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `Who may come, and where` {
    @Test(arguments: IPFamily.allCases)
    func `S57 the node may come from a load balancer's address that it has, if its own may`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start()
            let addresses = lab.addresses
            try lab.node.ip(
                "addr add \(addresses.virtual(1))/\(family == .v4 ? 32 : 128) dev lo nodad")
            let own = AddressAndPort(try IPAddress(validating: addresses.virtual(1)), 0)
            try lab.node.awaitRoute(toOwn: addresses.virtual(1), family)
            for (ranges, isAllowed) in [
                (["\(addresses.wire(9, 0))/\(addresses.wireLength)"], true),
                ([addresses.allPods], false),
            ] {
                let service = addresses.service("guarded", 1) { service in
                    service.expose(1, addresses)
                    service.spec.loadBalancerSourceRanges = ranges
                }
                try proxy.put(service, addresses.slice(of: "guarded", pods: "near1"))
                let answer = try lab.node.answer(
                    .udp, addresses.virtual(1), from: own,
                    within: isAllowed ? .patience : .silence)
                #expect(isAllowed ? answer.server == "near1" : answer == .dropped, "\(answer)")
            }
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S57 source ranges guard load balancers' addresses only, from pods too`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start()
            let addresses = lab.addresses
            let inside = family == .v4 ? "192.168.9.2/32" : "fd00:192:9::2/128"
            for (ranges, allowed) in [
                ([inside], Set([LabClient.outside])), ([addresses.pods(of: 1)], [.pod]),
                ([inside, addresses.pods(of: 3)], [.outside, .far]),
                (["\(addresses.wire(9, 0))/\(addresses.wireLength)"], [.outside, .node]),
                ([family == .v4 ? "0.0.0.0/0" : "::/0"], Set(LabClient.allCases)),
            ] {
                let service = addresses.service("guarded", 1) { service in
                    service.expose(1, addresses)
                    service.spec.loadBalancerSourceRanges = ranges
                }
                try proxy.put(service, addresses.slice(of: "guarded", pods: "near1"))
                for client in LabClient.allCases {
                    for entry in Entry.allCases {
                        let isAllowed = entry != .loadBalancer || allowed.contains(client)
                        let (address, port) = lab.target(entry, 1)
                        let answer = try lab.host(of: client).answer(
                            .udp, address, port, within: isAllowed ? .patience : .silence)
                        #expect(
                            isAllowed ? answer.server == "near1" : answer == .dropped,
                            "\(client) to \(entry) with \(ranges): \(answer)")
                    }
                }
            }
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S54 S55 S56 node ports are at the addresses that are chosen, never at loopback`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let addresses = lab.addresses
            // Answers where the proxy does not.
            let transports = [TransportProtocol.tcp, .udp]
            let own = try transports.map { try lab.node.serve($0, 30001, as: "own") }
            let second = try CIDR(
                validatingNetwork: "\(addresses.wire(8, 0))/\(addresses.wireLength)")
            for (choice, served) in [
                (NodePortAddresses.primary, [9]), (.networks([second]), [8]),
                (.networks([CIDR(allOf: family)]), [9, 8, 7]), (.networks([]), [9, 8, 7]),
            ] {
                let proxy = try lab.start { $0.nodePorts = choice }
                try proxy.put(
                    addresses.service("web", 1) { $0.expose(1, addresses) },
                    addresses.slice(of: "web", pods: "near1"))
                for number in [9, 8, 7] {
                    let expected = served.contains(number) ? "near1" : "own"
                    for host in [lab.outside, lab.client, lab.node] {
                        for transport in transports {
                            let answer = try host.answer(
                                transport, addresses.wire(number, 1), 30001)
                            #expect(
                                answer.server == expected,
                                "\(choice): \(host.name) \(transport) \(number): \(answer)")
                        }
                    }
                }
                let loopback = family == .v4 ? "127.0.0.1" : "::1"
                #expect(try lab.node.answer(.tcp, loopback, 30001).server == "own", "\(choice)")
                #expect(try lab.node.answer(.udp, loopback, 30001).server == "own", "\(choice)")
            }
            withExtendedLifetime(own) {}
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S64 S66 S67 a service's other ports refuse, but not those of outer addresses`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start()
            let addresses = lab.addresses
            let service = addresses.service("web", 1) { service in
                service.expose(1, addresses)
                service.spec.ports.removeAll { $0.transport == .sctp }
            }
            try proxy.put(service, addresses.slice(of: "web", pods: "near1"))
            for client in LabClient.allCases {
                let host = lab.host(of: client)
                for transport in [TransportProtocol.tcp, .udp] {
                    #expect(
                        try host.answer(transport, addresses.service(1), 81) == .refused,
                        "\(client) \(transport)")
                }
                #expect(try host.answer(.sctp, addresses.service(1), 80) == .refused, "\(client)")
                #expect(try host.echo(addresses.service(1)) == .refused, "\(client)")
            }
            // Nobody but the machine outside could answer there, and it does not forward.
            let seen = try lab.outside.capture("eth0")
            let virtual = try IPAddress(validating: addresses.virtual(1))
            #expect(
                try lab.client.answer(.udp, addresses.virtual(1), 81, within: .silence) == .dropped)
            #expect(try seen.first { $0.destination == virtual }.to?.port == 81)
            withExtendedLifetime(proxy) {}
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S65 what nobody has of the services' networks is dropped once they are known`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start()
            let addresses = lab.addresses
            let free = try IPAddress(validating: addresses.service(77))
            let seen = try lab.outside.capture("eth0")
            _ = try lab.client.answer(.udp, addresses.service(77), within: .silence)
            #expect(try seen.first { $0.destination == free }.to?.port == 80)

            try proxy.change { $0.put(addresses.serviceNetwork) }
            for host in [lab.client, lab.far, lab.node] {
                #expect(
                    try host.answer(.udp, addresses.service(77), within: .silence) == .dropped)
            }
            let frames = try seen.frames().compactMap(\.frame.packet)
            #expect(!frames.contains { $0.destination == free })
        }
    }
}

extension Host {
    /// Sends an ICMP echo request; an answer to it has nobody's name.
    fileprivate func echo(_ address: String) throws -> Answer {
        let target = try IPAddress(validating: address)
        // An empty request with its checksum; the kernel itself fills in that of ICMPv6.
        let request: [UInt8] =
            target.family == .v4 ? [8, 0, 0xF7, 0xFF, 0, 0, 0, 0] : [128, 0, 0, 0, 0, 0, 0, 0]
        let socket = try run { try RawSocket(target.family, .icmp(target.family)) }
        do {
            _ = try socket.socket.connect(.ip(target, 0))
            // The node itself is told of what its own rules refuse when it sends, and once more.
            do { _ = try socket.socket.send(request.span) } catch {}
            _ = try socket.socket.descriptor.wait(for: .read, until: .now + .patience)
            var buffer = [UInt8](repeating: 0, count: 2048)
            var span = buffer.mutableSpan
            let received = try socket.receive(into: &span)
            return received.map { .reply(server: "", client: $0.source) } ?? .dropped
        } catch {
            return Answer(error)
        }
    }
}

@Suite(.requiresRoot) struct `Two services of one address` {
    @Test(arguments: IPFamily.allCases)
    func `the first keeps it, after a restart too, and the second has it when the first goes`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            var proxy: RunningProxy? = try lab.start()
            let addresses = lab.addresses
            let first = addresses.service("zz-first", 1) { $0.expose(1, addresses) }
            var second = addresses.service("aa-second", 2) { $0.expose(2, addresses) }
            second.spec.externalIPs = first.spec.externalIPs
            second.status = first.status
            for index in second.spec.ports.indices {
                second.spec.ports[index].nodePort = first.spec.ports[index].nodePort
            }
            try proxy?.put(first, addresses.slice(of: "zz-first", pods: "near1"))
            try proxy?.put(second, addresses.slice(of: "aa-second", pods: "near2"))
            #expect(try servers(lab) == ["near1"])
            #expect(try lab.outside.answer(.tcp, addresses.service(2)).server == "near2")

            proxy = nil
            proxy = try lab.start()
            #expect(try servers(lab) == ["near1"])
            try proxy?.change { $0.delete(Service.self, first.key) }
            #expect(try servers(lab) == ["near2"])
        }
    }

    /// Who answers at the outer addresses of service 1.
    private func servers(_ lab: ProxyLab) throws -> Set<String> {
        Set(
            try [Entry.nodePort, .loadBalancer, .externalIP].map { entry in
                let (address, port) = lab.target(entry, 1)
                let answer = try lab.outside.answer(.tcp, address, port)
                return answer.server ?? "\(answer)"
            })
    }
}

extension Host {
    /// Waits until packets for an own address are delivered.
    ///
    /// The kernel lets sockets have an IPv6 address first, and adds its route in the background.
    fileprivate func awaitRoute(toOwn address: String, _ family: IPFamily) throws {
        let question = "-\(family == .v4 ? 4 : 6) route show table local \(address)"
        let deadline = MonotonicTime.now + .patience
        while try ip(question).isEmpty, .now < deadline { sleep(for: .milliseconds(1)) }
    }
}
