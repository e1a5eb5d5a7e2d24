import JSON
import Kubernetes
import Network
import Platform
import Support
import Testing

@testable import Proxy

private func at(_ seconds: Int64) -> Moment {
    Moment(
        monotonic: MonotonicTime(nanoseconds: seconds * 1_000_000_000),
        wall: WallTime(nanoseconds: (1_800_000_000 + seconds) * 1_000_000_000))
}

@Suite struct `Whether syncs keep up` {
    private func status(
        _ health: SyncHealth, _ family: IPFamily, at seconds: Int64
    ) throws -> SyncHealth.Status {
        try #require(health.status(at: at(seconds)).first { $0.family == family }?.status)
    }

    @Test func `S131 a change may wait for so long and no longer`() throws {
        var health = SyncHealth(IPFamily.allCases)
        #expect(health.isHealthy(at: at(0)) && !health.isReady)
        health.queued(.v4, at: at(10))
        health.queued(.v4, 2, at: at(50))
        #expect(health.isHealthy(at: at(69)) && !health.isHealthy(at: at(70)))
        #expect(try status(health, .v6, at: 70).isHealthy)
        #expect(try status(health, .v4, at: 70).lag == .seconds(60))
        #expect(try status(health, .v4, at: 70).backlog == 3)
        health.began(.v4)
        #expect(!health.isHealthy(at: at(70)))
        health.applied(.v4, at: at(71))
        #expect(health.isHealthy(at: at(1000)))
        #expect(!health.isReady)
        health.began(.v6)
        health.applied(.v6, at: at(72))
        #expect(health.isReady)
    }

    @Test func `what comes during a sync is not applied by it`() throws {
        var health = SyncHealth([.v4])
        health.queued(.v4, at: at(0))
        health.began(.v4)
        health.queued(.v4, at: at(5))
        #expect(try status(health, .v4, at: 6).lag == .seconds(6))
        health.applied(.v4, at: at(6))
        #expect(try status(health, .v4, at: 6).lag == .seconds(1))
        #expect(try status(health, .v4, at: 6).backlog == 1)
    }

    @Test func `what a failed sync had taken waits since it came`() throws {
        var health = SyncHealth([.v4])
        health.queued(.v4, at: at(0))
        health.began(.v4)
        health.queued(.v4, at: at(5))
        health.failed(.v4, "no room")
        health.began(.v4)
        health.failed(.v4, "no room left")
        let status = try status(health, .v4, at: 60)
        #expect(!status.isHealthy && status.lag == .seconds(60) && status.backlog == 2)
        #expect(status.failures == 2 && status.lastError == "no room left")
        health.began(.v4)
        health.applied(.v4, at: at(61))
        #expect(try self.status(health, .v4, at: 61).failures == 0)
        #expect(try self.status(health, .v4, at: 61).lastError == nil)
    }
}

@Suite struct `What is said of the proxy's health` {
    private func late() -> SyncHealth {
        var health = SyncHealth([.v4, .v6])
        health.began(.v4)
        health.applied(.v4, at: at(1))
        health.queued(.v4, 7, at: at(10))
        health.began(.v4)
        health.failed(.v4, "no room")
        return health
    }

    @Test func `S130 S131 the members are kube-proxy's, and some of ours`() {
        let good = HealthAnswer(late(), isNodeEligible: true, at: at(20)).response
        #expect(good.status == .success && good.contentType == "application/json")
        #expect(good.fields == [.init("X-Content-Type-Options", "nosniff")])
        #expect(
            good.body == """
                {"lastUpdated":"2027-01-15T08:00:20.000Z","currentTime":"2027-01-15T08:00:20.000Z",\
                "nodeEligible":true,"healthy":true,"status":{\
                "IPv4":{"lastUpdated":"2027-01-15T08:00:01.000Z","healthy":true,"lagSeconds":10.0,\
                "backlog":7,"failures":1,"lastError":"no room"},\
                "IPv6":{"lastUpdated":"0001-01-01T00:00:00Z","healthy":true,"lagSeconds":0.0,\
                "backlog":0,"failures":0}}}
                """)
        let bad = HealthAnswer(late(), at: at(70)).response
        #expect(bad.status == .unavailable)
        #expect(
            bad.body.hasPrefix(
                #"{"lastUpdated":"2027-01-15T08:00:01.000Z","currentTime":"2027-01-15T08:01:10.000Z","#
                    + #""healthy":false,"status":{"IPv4":{"#))
    }

    @Test func `S132 a node that is leaving is no place for traffic, though the proxy is alive`() {
        let state = HealthState(SyncHealth([.v4]))
        func answers() -> [Int] {
            [state.health(at: at(0)), state.liveness(at: at(0))].map(\.response.status.rawValue)
        }
        #expect(answers() == [503, 200])
        var node = Node()
        state.update(node)
        #expect(answers() == [200, 200])
        var taint = Taint()
        taint.key = "ToBeDeletedByClusterAutoscaler"
        node.spec.taints = [taint]
        state.update(node)
        #expect(answers() == [503, 200])
        node.spec.taints = []
        node.metadata.deletionTime = Timestamp(seconds: 1)
        state.update(node)
        #expect(answers() == [503, 200])
        state.update(Node())
        state.update { $0.queued(.v4, at: at(0)) }
        #expect(answers() == [200, 200])
        #expect(state.isHealthy(at: at(59)) && !state.isHealthy(at: at(60)))
        state.update(nil)
        #expect(answers() == [503, 200])
    }
}
