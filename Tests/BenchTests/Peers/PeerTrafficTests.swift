import Network
import Platform
import TestSupport
import Testing
import Topology

@testable import Bench

@Suite struct `What is compared with Weft` {
    /// Every kind of service, with some more services around.
    static let kinds: Set<ServiceKind> = [.clusterIP, .nodePort, .loadBalancer, .affinity]
    static let endpoints = 3

    @Test(
        .requiresRoot, arguments: PathProgram.allCases.filter { $0 != .none },
        [Place.sameNode, .vxlan])
    func `every program leads clients to all endpoints of a service`(
        program: PathProgram, place: Place
    ) throws {
        let services = ServiceSet(
            5, endpoints: Self.endpoints, families: [.v4, .v6], place, kinds: Self.kinds)
        let lab = try PathLab(place, endpoints: Self.endpoints)
        if let absence = program.absence(on: try Topology.Host("trial"), .here) {
            try Test.cancel("\(program.rawValue): \(absence)")
        }
        let programmed = try ProgrammedNodes(program, services, lab.nodes, .here)
        let responders = try lab.respond()
        for family in services.families {
            for kind in ServiceKind.allCases {
                try expectAll(kind, family, services, lab)
            }
        }
        withExtendedLifetime((lab, responders, programmed)) {}
    }

    private func expectAll(
        _ kind: ServiceKind, _ family: IPFamily, _ services: ServiceSet, _ lab: PathLab
    ) throws {
        for transport in [TransportProtocol.tcp, .udp] {
            var inquirer = lab.inquirer(
                transport, services.target(of: kind, family), isOutside: kind.isFromOutside)
            // One of three is missed by chance in no more than one of 10^10 tries.
            let answers = (0..<60).map { _ in inquirer.ask(within: .seconds(20)) }
            let expected: Set<UInt8?> =
                switch kind {
                case .direct, .headless: [0]
                case .affinity: [answers[0]]
                default: Set((0..<UInt8(Self.endpoints)).map { $0 })
                }
            #expect(!answers.contains(nil), "\(kind) \(family) \(transport)")
            #expect(Set(answers) == expected, "\(kind) \(family) \(transport)")
        }
    }
}
