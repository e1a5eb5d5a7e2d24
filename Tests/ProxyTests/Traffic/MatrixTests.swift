import Kubernetes
import Network
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `Every client at every address` {
    @Test(arguments: IPFamily.allCases)
    func `S20 to S23 S33 to S36 S50 to S52 S60 to S63 S71 S74 S75 gets what the rules say`(
        family: IPFamily
    ) throws {
        let lab = try ProxyLab(family)
        try lab.explaining {
            let proxy = try lab.start()
            try proxy.change { writer in
                for service in MatrixService.all {
                    writer.put(service.service(lab.addresses))
                    writer.put(service.slice(lab.addresses))
                }
            }
            var rules: Set<String> = []
            for (question, answers) in try ask(lab, pods: [.pod, .far]) {
                rules.insert(question.expectation.rule)
                // Not expected one by one: that takes as long as asking does.
                if !lab.isRight(answers, to: question) { Issue.record("\(question): \(answers)") }
            }
            #expect(rules == ["S50", "S51", "S52a", "S52b", "S52c", "S60", "S61"])
            withExtendedLifetime(proxy) {}
        }
    }

    /// Each service port is asked from one thread, so that turns come to whom they are counted for.
    private func ask(
        _ lab: ProxyLab, pods: Set<LabClient>
    ) throws -> [(TrafficCase, [Answer])] {
        let groups = MatrixService.all.flatMap { service in
            TransportProtocol.allCases.map { transport in
                TrafficCase.all(of: service, transport, service.oracle(pods: pods))
            }
        }
        let inTurn = groups.map { $0.filter { $0.takesTurns && !$0.isHeardByOthers } }
        // These take long: silence, and TCP on one machine hears of a refusal a second late.
        let waiting = groups.flatMap { $0.filter { !$0.takesTurns && !$0.isHeardByOthers } }
        let alone = groups.flatMap { $0.filter(\.isHeardByOthers) }
        return try ask(lab, waiting.map { [$0] } + inTurn, threads: 64)
            + ask(lab, [alone], threads: 1)
    }

    private func ask(
        _ lab: ProxyLab, _ groups: [[TrafficCase]], threads: Int
    ) throws -> [(TrafficCase, [Answer])] {
        try concurrently(groups, threads: threads) { group in
            group.map { question in
                do { return (question, try lab.answers(to: question)) } catch {
                    return (question, [Answer.failed("\(error)")])
                }
            }
        }.flatMap(\.self)
    }
}

extension TrafficCase {
    fileprivate var takesTurns: Bool {
        if case .answered = expectation.outcome { return true }
        return false
    }

    /// Whether a refusal would reach all who ask for SCTP at the node: raw sockets have no ports.
    fileprivate var isHeardByOthers: Bool { transport == .sctp && entry == .nodePort }
}

/// The same cases where there is no packet: what the model says of a route.
@Suite struct `Every client at every address of the model` {
    @Test(arguments: IPFamily.allCases)
    func `S28 S33 to S36 S50 to S52 S60 to S62 gets what the rules say`(family: IPFamily) {
        let addresses = LabAddresses(family: family)
        for service in MatrixService.all {
            let meaning = ServiceMeaning(
                of: service.service(addresses), slices: [.init(service.slice(addresses))],
                on: here, family: family, settings: ModelSettings())
            #expect(meaning.ports.count == TransportProtocol.allCases.count)
            for port in meaning.ports {
                let oracle = service.oracle(pods: [.pod, .far])
                for question in TrafficCase.all(of: service, port.name.transport, oracle) {
                    let outcome = port.outcome(of: question, addresses)
                    if outcome == question.expectation.outcome { continue }
                    Issue.record("\(question): \(outcome)")
                }
            }
        }
    }
}

extension PortMeaning {
    /// What the model means for a client, in the oracle's words.
    fileprivate func outcome(
        of question: TrafficCase, _ addresses: LabAddresses
    ) -> Expectation.Outcome {
        let isPod = question.client == .pod || question.client == .far
        let isInternal = question.entry == .clusterIP
        let given = isInternal ? internalRoute : externalRoute
        let isWidened = !isInternal && (isPod || question.client == .node)
        let route = isWidened ? .cluster : given
        switch fate(of: route) {
        case .reject: return .refused
        case .drop: return .dropped
        case .balance:
            let names = (route == .local ? local : cluster).map { backend in
                backend.address.description == addresses.pod(1, 0) ? "near1" : "there1"
            }
            let seesNode =
                isInternal ? !isPod : given == .cluster || question.client == .node
            return .answered(by: Set(names), seesNode: seesNode)
        }
    }
}
