import NFTables
import Network
import Platform
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `Explaining what somebody has tampered with` {
    /// What somebody does to the table, the destination that suffers, and what is said of it.
    static let damages: [(String, String, String)] = [
        (
            "delete element ip weft-proxy services { 10.96.0.1 . tcp . 80 }", "10.96.0.1:80",
            "is refused, and should not be"
        ),
        (
            "insert rule ip weft-proxy pick ip daddr 10.96.0.1 drop", "10.96.0.1:80",
            "goes to 10.244.2.2:8080: never, and should be 1 of 3 turns"
        ),
        ("flush map ip weft-proxy endpoints", "10.96.0.10:80", "is dropped, and should not be"),
        ("flush set ip weft-proxy node-addresses", "192.168.9.1:30081", "is left alone, and"),
        ("delete table ip weft-proxy", "10.96.0.1:80", "there is no table ip weft-proxy"),
        (
            "insert rule ip weft-proxy dispatch counter", "10.96.0.1:80",
            "chain dispatch has other rules than the proxy writes"
        ),
        (
            "insert rule ip weft-proxy service meta cpu 0 accept", "10.96.0.1:80",
            "rule 1 of chain service has"
        ),
        ("flush map ip weft-proxy affinities", "10.96.0.6:80", "remembered by no chain"),
        (
            "flush chain ip weft-proxy give-back-priority", "10.96.0.1:80",
            "chain give-back-priority"
        ),
        (
            "add chain ip weft-proxy x { type filter hook prerouting priority -200; policy "
                + "accept; }; add rule ip weft-proxy x tcp dport 80 drop",
            "10.96.0.1:80", "is dropped, and should not be"
        ),
    ]

    @Test(arguments: damages)
    func `says what differs`(damage: String, destination: String, words: String) throws {
        let node = try ExplainedNode()
        let host = try Lab().host("node")
        let explanation = try host.run {
            var kernel = try KernelRuleset()
            try node.program(&kernel)
            _ = try host.nft(damage)
            return try node.explain(destination, from: nil, &kernel)
        }
        #expect(
            explanation.differences.contains { $0.contains(words) }, "\(explanation.text)")
    }

    @Test func `S59 names the backend that the kernel has bound the client to`() throws {
        let node = try ExplainedNode()
        let explanation = try Lab().host("node").run {
            var kernel = try KernelRuleset()
            try node.program(&kernel)
            let table = try node.explainer.table
            let held = try HeldTable(table, from: &kernel)
            let contents = try #require(held.contents)
            let bound = try #require(try Self.binding(of: "10.244.2.3", contents, table))
            var transaction = Transaction()
            transaction.add([bound], to: table.definition(.affinity))
            try kernel.apply(transaction)
            return try node.explain("10.96.0.6:80", from: "10.244.1.7", &kernel)
        }
        #expect(explanation.differences == [])
        #expect(explanation.text.contains("the client, which goes to 10.244.2.3:8080"))
    }

    /// The element that binds 10.244.1.7 to a backend.
    private static func binding(
        of backend: String, _ contents: HeldTable.Contents, _ table: ProxyTable
    ) throws -> Element? {
        let slots = (contents.elements[.slots] ?? []).flatMap(\.self).map(\.key)
        let endpoints = (contents.elements[.endpoints] ?? []).flatMap(\.self)
        let address = Value(try IPAddress(validating: backend)).array
        let slot = endpoints.first { element in
            guard case .value(let value)? = element.data else { return false }
            return slots.contains(element.key) && Array(value.array.prefix(4)) == address
        }
        let mark = (contents.elements[.affinePorts] ?? []).flatMap(\.self).first?.data
        guard let slot, case .value(let port)? = mark else { return nil }
        let client = Value(try IPAddress(validating: "10.244.1.7"))
        return Element(Value(concatenating: client, port), .value(slot.key))
    }
}
