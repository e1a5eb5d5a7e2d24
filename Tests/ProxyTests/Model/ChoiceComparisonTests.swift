import FuzzSupport
import Kubernetes
import Network
import Testing

@testable import Proxy

/// The quick way to choose endpoints against the plain one.
@Suite struct `Choice among any endpoints` {
    @Test func `S10 S12 S30 S33 S34 S35 any slices mean what the rules say`() throws {
        var random = SeededGenerator(seed: 1)
        var (hinted, repeated) = (0, 0)
        for _ in 0..<3000 {
            let slices = (0..<Int.random(in: 0...4, using: &random)).map { number in
                anySlice("web-\(number)", using: &random)
            }
            let service = web {
                $0.spec.internalTrafficPolicy = .local
                $0.spec.ports = [port(80, "a"), port(81, "b")]
                $0.spec.ports[1].nodePort = 30_081
                $0.spec.ports[0].nodePort = 30_080
            }
            for meaning in meaning(service, slices.shuffled(using: &random)).ports {
                let plain = PlainChoice(
                    slices.map(\.value), of: port(80, meaning.name.port), on: here)
                #expect(meaning.cluster.map(\.description) == sorted(plain.cluster))
                #expect(meaning.local.map(\.description) == sorted(plain.local))
                #expect(meaning.hasEndpoints == plain.hasAny)
                let count = slices.reduce(0) { $0 + $1.value.endpoints.count }
                if !meaning.local.isEmpty, meaning.cluster.count < meaning.local.count {
                    hinted += 1
                }
                if meaning.cluster.count < count { repeated += 1 }
            }
        }
        // Else the endpoints are too dull to show anything.
        #expect(hinted > 50 && repeated > 50)
    }

    private func sorted(_ places: Set<String>) -> [String] {
        places.compactMap { AddressAndPort($0) }.sorted().map(\.description)
    }

    private func anySlice(
        _ name: String, using random: inout SeededGenerator
    ) -> Shared<EndpointSlice> {
        // Most endpoints of a slice agree, or no hint would ever count.
        let hints = [[""], ["zone:z1", "zone:z2"], ["node:n1", "node:n2", "node:n1 zone:z1"]]
        let states = [["", "ready"], ["serving", "ending", "unready"]]
        let ownHints = hints[Int.random(in: 0..<3, using: &random)]
        let ownStates = states[Int.random(in: 0..<5, using: &random) == 0 ? 1 : 0]
        let endpoints = (0..<Int.random(in: 0...5, using: &random)).map { _ in
            let isOdd = Int.random(in: 0..<8, using: &random) == 0
            return [
                "\(Int.random(in: 1...9, using: &random))",
                (isOdd ? states.joined().map(\.self) : ownStates).randomElement(using: &random),
                (isOdd ? hints.joined().map(\.self) : ownHints).randomElement(using: &random),
                ["here", "there", ""].randomElement(using: &random),
            ].compactMap(\.self).joined(separator: " ")
        }
        let numbers: [UInt16?] = [80, 80, 80, 8080, 0, nil]
        let ports = ["a", "b"].map { ($0, numbers.randomElement(using: &random) ?? nil) }
        return slice(endpoints, name, ports: ports)
    }
}
