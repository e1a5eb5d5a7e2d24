import Testing

@testable import JSON

@Suite("Truncated JSON")
struct JSONTruncationTests {
    private static let configuration = #"""
        {"cniVersion":"1.0.0","name":"kind\u006eet \ud83d\ude00","plugins":[{"type":"weft-cni","mtu":1500,
        "ipam":{"ranges":[[{"subnet":"10.244.0.0/24"}]],"x":-0.25e+7},"ipMasq":true,"args":null}]}
        """#

    @Test("every truncated document is refused")
    func truncated() {
        let bytes = Array(Self.configuration.utf8)
        for count in 0..<bytes.count {
            #expect(throws: JSONError.self) {
                try JSONValue(document: bytes.span.extracting(first: count))
            }
        }
    }
}
