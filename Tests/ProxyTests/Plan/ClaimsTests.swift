import Kubernetes
import Network
import Testing

@testable import Proxy

@Suite struct `Destinations that several ports want` {
    private let place = Destination(nil, .tcp, 30080)

    private func port(_ name: String) -> ServicePortName {
        ServicePortName(ObjectKey(namespace: "test", name: name), port: "", .tcp)
    }

    /// Who asks in turn, and whether each gets it.
    private func claim(_ claims: inout Claims, _ names: String...) -> [Bool] {
        names.map { claims.claim(place, for: port($0)) }
    }

    private func release(_ claims: inout Claims, by name: String) -> String? {
        claims.release(place, by: port(name))?.name
    }

    @Test func `are the first one's, and pass on in the order of asking`() {
        var claims = Claims()
        let answers = claim(&claims, "b", "c", "a")
        #expect(answers == [true, false, false])
        #expect(claims.conflictCount == 1)
        for (owner, next) in [("b", "c"), ("c", "a")] {
            let heir = release(&claims, by: owner)
            #expect(heir == next)
            let answers = claim(&claims, next)
            #expect(answers == [true])
        }
        #expect(claims.conflictCount == 0)
        let heir = release(&claims, by: "a")
        #expect(heir == nil)
    }

    @Test func `pass over who no longer waits`() {
        var claims = Claims()
        _ = claim(&claims, "a", "b", "c")
        let heirs = [release(&claims, by: "b"), release(&claims, by: "a")]
        #expect(heirs == [nil, "c"])
    }

    @Test func `are waited for once, however often it is asked`() {
        var claims = Claims()
        let answers = claim(&claims, "a", "b", "b", "a")
        #expect(answers == [true, false, false, true])
        let heirs = [release(&claims, by: "b"), release(&claims, by: "a")]
        #expect(heirs == [nil, nil])
        #expect(claims.conflictCount == 0)
    }
}
