import Network
import Testing

@testable import Kubernetes

@Suite("Endpoints are packed and come out as they were")
struct EndpointListTests {
    private func endpoint(_ addresses: String..., change: (inout Endpoint) -> Void = { _ in })
        -> Endpoint
    {
        var endpoint = Endpoint()
        endpoint.addresses = addresses.compactMap { IPAddress($0) }
        change(&endpoint)
        return endpoint
    }

    private func packed(_ endpoints: [Endpoint]) throws -> EndpointList {
        var list = EndpointList()
        for endpoint in endpoints { try list.append(endpoint) }
        list.shrink()
        return list
    }

    @Test(
        "whatever is known of them",
        arguments: [nil, true, false] as [Bool?], [nil, true, false] as [Bool?])
    func conditions(ready: Bool?, serving: Bool?) throws {
        for terminating in [nil, true, false] as [Bool?] {
            let conditions = EndpointConditions(
                ready: ready, serving: serving, terminating: terminating)
            let list = try packed([endpoint("10.0.0.1") { $0.conditions = conditions }])
            #expect(list.conditions(at: 0) == conditions)
            #expect(list.conditions(at: 0).isReady == (ready ?? true))
            #expect(list.conditions(at: 0).isServing == (serving ?? ready ?? true))
        }
    }

    @Test func `a pod's name is found without the rest`() throws {
        let list = try packed([
            endpoint("10.0.0.1") { $0.target = EndpointTarget(pod: "web-0") },
            endpoint("10.0.0.2"),
            endpoint("10.0.0.3") {
                $0.hostname = "db"
                $0.target = EndpointTarget(pod: "db-1")
            },
        ])
        #expect(list.indices.map(list.podName) == ["web-0", "", "db-1"])
    }

    @Test func `names, places, hints and further addresses stay with their endpoint`() throws {
        var hint = EndpointHints.Hint()
        hint.name = "zone-b"
        let endpoints = [
            endpoint("fd00::1", "fd00::2") {
                $0.hostname = "web-0"
                $0.target = EndpointTarget(pod: "web-0-7d4b9c8f6-abcde")
                $0.nodeName = "node-a"
                $0.zone = "zone-a"
            },
            endpoint("fd00::3"),
            endpoint("fd00::4") {
                $0.target = EndpointTarget(pod: "web-1")
                $0.nodeName = "node-a"
                $0.zone = "zone-a"
                $0.hints.forZones = [hint]
            },
            endpoint("fd00::5") {
                $0.nodeName = "node-a"
                $0.zone = "zone-a"
            },
        ]
        let list = try packed(endpoints)
        #expect(Array(list) == endpoints)
        #expect(list.address(at: 2) == IPAddress("fd00::4"))
        #expect(list.place(at: 0) === list.place(at: 3))
        #expect(list.place(at: 0) != list.place(at: 2))
    }

    @Test func `equal lists are equal, and different ones are not`() throws {
        let one = try packed([endpoint("10.0.0.1"), endpoint("10.0.0.2")])
        #expect(try packed([endpoint("10.0.0.1"), endpoint("10.0.0.2")]) == one)
        #expect(try packed([endpoint("10.0.0.2"), endpoint("10.0.0.1")]) != one)
        #expect(try packed([endpoint("10.0.0.1"), endpoint("10.0.0.2") { $0.zone = "z" }]) != one)
    }

    @Test func `a name that no object can have is refused`() {
        let name = String(repeating: "a", count: 256)
        #expect(throws: ObjectError("a name has at most 255 bytes", in: "hostname")) {
            try packed([endpoint("10.0.0.1") { $0.hostname = name }])
        }
    }
}
