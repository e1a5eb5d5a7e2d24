import FuzzSupport
import Testing

@testable import DNS

@Suite struct RotationTests {
    private func first(_ count: Int, _ queries: [(String, RecordType)], _ cluster: NamedCluster)
        throws -> [[String: Int]]
    {
        var firsts = [[String: Int]](repeating: [:], count: queries.count)
        for _ in 0..<count {
            for (number, query) in queries.enumerated() {
                let answer = try cluster.ask(query.0, query.1).message.answers[0]
                firsts[number][answer.summary, default: 0] += 1
            }
        }
        return firsts
    }

    private func cluster(_ endpoints: [String], _ options: String = "") throws -> NamedCluster {
        let cluster = try served("\(kubernetes)\n\(options)", isFilled: false)
        cluster.service("apps/x", ports: ["a:1"])
        let fours = endpoints.filter { !$0.contains(":") }
        cluster.slice("apps/x-4", of: "x", fours, ports: ["a:1"])
        cluster.slice("apps/x-6", of: "x", endpoints.filter { $0.contains(":") }, ports: ["a:1"])
        cluster.publish()
        return cluster
    }

    /// Clients ask for both families by turns, so that a plain count would show either only every other.
    @Test(arguments: [2, 3, 4, 5, 8])
    func `D72 every address is first as often as the others, whatever else is asked`(
        count: Int
    ) throws {
        let endpoints = (1...count).flatMap { ["10.1.0.\($0)", "fd00::\($0)"] }
        let cluster = try cluster(endpoints, "loadbalance")
        let name = "x.apps.svc.cluster.local"
        let firsts = try first(200 * count, [(name, .a), (name, .aaaa)], cluster)
        for counts in firsts {
            #expect(counts.count == count)
            #expect(counts.values.allSatisfy { (120...280).contains($0) }, "\(counts)")
        }
    }

    @Test(arguments: [
        ["10.1.0.1 a", "10.1.0.2 b", "10.1.0.3 c"], ["10.1.0.1", "10.1.0.2", "10.1.0.3"],
        ["10.1.0.1 a", "10.1.0.2", "10.1.0.3 c"], ["10.1.0.1 a", "10.1.0.2"],
        ["10.1.0.1", "fd00::2"],
    ])
    func `D72 every target is first as often as the others`(endpoints: [String]) throws {
        let cluster = try cluster(endpoints, "loadbalance")
        let name = "x.apps.svc.cluster.local"
        let counts = try first(200 * endpoints.count, [(name, .srv), (name, .a)], cluster)[0]
        #expect(counts.count == endpoints.count)
        #expect(counts.values.allSatisfy { (120...280).contains($0) }, "\(counts)")
    }

    @Test func `D72 without loadbalance the order is always the same`() throws {
        let cluster = try cluster(["10.1.0.1", "10.1.0.2", "10.1.0.3"])
        let name = "x.apps.svc.cluster.local"
        #expect(try first(20, [(name, .a)], cluster) == [["A 10.1.0.1": 20]])
    }
}
