import Kubernetes
import Network
import Testing

@testable import Proxy

@Suite struct `Weights of endpoints` {
    private static let pods = ["1 here pod:web-0", "2 there pod:web-1", "3 there"]

    private func meaning(
        _ text: String?, slice sliceText: String? = nil, balance: String = "weighted",
        _ endpoints: [String] = pods
    ) -> ServiceMeaning {
        let service = web {
            $0.metadata.annotations = ["weft.dev/balance": balance]
            if let text {
                $0.metadata.annotations = ["weft.dev/balance": balance, "weft.dev/weight": text]
            }
            $0.spec.internalTrafficPolicy = .local
            $0.spec.ports[0].nodePort = 30_080
        }
        let slices = [
            slice(endpoints) {
                if let sliceText { $0.metadata.annotations = ["weft.dev/weight": sliceText] }
            }
        ]
        return ProxyTests.meaning(service, slices)
    }

    @Test(
        arguments: [
            (nil, nil, [1, 1, 1], 0),
            (nil, "5", [5, 5, 5], 0),
            ("web-0=3,10.0.0.3=2", nil, [3, 1, 2], 0),
            (" web-1 = 7 , ", " 4 ", [4, 7, 4], 0),
            ("web-0=1000,web-1=1001", nil, [1000, 1, 1], 1),
            ("web-0,=3,web-1=x,web-1=2=2,web-0=-1,web-0=1 0", nil, [1, 1, 1], 1),
            (nil, "many", [1, 1, 1], 1),
            (nil, "1001", [1, 1, 1], 1),
            ("web-0=0", nil, [0, 1, 1], 0),
            ("web-9=5", nil, [1, 1, 1], 0),
            (nil, "0", [1, 1, 1], 0),
        ] as [(String?, String?, [UInt16], Int)])
    func `a pod's own weight counts more than its slice's, and what cannot be read is 1`(
        service: String?, slice: String?, expected: [UInt16], complaints: Int
    ) {
        let meaning = meaning(service, slice: slice)
        #expect(meaning.ports[0].cluster.map(\.weight) == expected)
        #expect(meaning.complaints.count == complaints, "\(meaning.complaints)")
    }

    @Test func `a drained endpoint that is the only one on a node is used there`() {
        let port = meaning("web-0=0").ports[0]
        #expect(port.local.map(\.weight) == [1])
        #expect(port.cluster.map(\.weight) == [0, 1, 1])
        #expect(port.backends.numbers == "1 2 3")
    }

    @Test func `without weighted balancing weights are not read`() {
        let meaning = meaning("web-0=5,nonsense", slice: "many", balance: "random")
        #expect(meaning.ports[0].cluster.map(\.weight) == [1, 1, 1])
        #expect(meaning.complaints.isEmpty)
    }
}
