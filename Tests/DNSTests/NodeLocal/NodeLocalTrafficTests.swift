import NFTables
import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import DNS

@Suite(.requiresRoot) struct `A node that serves itself` {
    private static let all = NodeLocalLab.local + NodeLocalLab.service

    @Test func `pods and the node are answered here, untracked, and as before in the end`() throws {
        try withLab { lab in
            let lab = try NodeLocalLab(lab)
            let (pod, node, plan) = (lab.pod, lab.node, try lab.plan)
            let before = try lab.nodeState
            #expect(try lab.answers(NodeLocalLab.service, to: pod) == ["endpoint"])
            #expect(try lab.tracked == 4)
            try node.forgetConnections()

            let reports = KeeperReports()
            let keeper = try node.run { try NodeLocalKeeper(plan) { reports.add($0) } }
            keeper.serve(plan)
            try reports.waitFor(.leading)
            #expect(try lab.answers(Self.all, to: pod) == ["node"])
            #expect(try lab.answers(Self.all, to: node) == ["node"])
            #expect(try lab.tracked == 0)

            keeper.stop()
            #expect(try lab.nodeState == before)
            #expect(try lab.answers(NodeLocalLab.service, to: pod) == ["endpoint"])
        }
    }

    @Test func `until somebody listens, the service's endpoints are asked`() throws {
        try withLab { lab in
            let lab = try NodeLocalLab(lab)
            let (plan, reports) = (try lab.plan, KeeperReports())
            let keeper = try lab.node.run { try NodeLocalKeeper(plan) { reports.add($0) } }
            #expect(try lab.answers(NodeLocalLab.service, to: lab.pod) == ["endpoint"])
            keeper.stop()
        }
    }

    @Test func `its addresses are never those that it asks others from`() throws {
        try withLab { lab in
            let lab = try NodeLocalLab(lab)
            let plan = try lab.plan
            try lab.node.run {
                var node = try NodeLocal.open()
                _ = try node.hold(plan.addresses)
            }
            for (other, own) in [("10.2.0.2", "10.2.0.1"), ("fd02::2", "fd02::1")] {
                let reply = try lab.node.ask(.udp, NodeLocalLab.point(other))
                #expect("\(reply.client.address)" == own)
            }
        }
    }

    @Test func `a start that finds everything right changes nothing`() throws {
        try withLab { lab in
            let lab = try NodeLocalLab(lab)
            let plan = try lab.plan
            let (changes, generations) = try lab.node.run { () throws -> ([Bool], [UInt32]) in
                var first = try NodeLocal.open()
                var ruleset = try KernelRuleset()
                var changes = [try first.hold(plan.addresses).changes > 0]
                changes.append(try first.untrack(plan.points))
                let before = try ruleset.generation()
                var second = try NodeLocal.open()
                changes.append(try second.hold(plan.addresses).changes > 0)
                changes.append(try second.untrack(plan.points))
                let after = try ruleset.generation()
                try first.remove()
                return (changes, [before, after])
            }
            #expect(changes == [true, true, false, false])
            #expect(generations[0] == generations[1])
        }
    }

    @Test func `when it is killed the rules go with it, and the rest can be cleaned up`() throws {
        try withLab { lab in
            let lab = try NodeLocalLab(lab)
            let plan = try lab.plan
            let before = try lab.nodeState
            try lab.node.run {
                var node = try NodeLocal.open()
                _ = try node.hold(plan.addresses)
                _ = try node.untrack(plan.points)
            }
            // A process that another test just starts may hold a copy of the socket for a moment.
            #expect(
                try eventually {
                    try lab.answers(NodeLocalLab.service, to: lab.pod) == ["endpoint"]
                })
            #expect(try lab.nodeState != before)
            try lab.node.run { try NodeLocalKeeper.cleanUp() }
            #expect(try lab.nodeState == before)
        }
    }

    @Test func `rules that a kernel without owners keeps are taken over or cleaned up`() throws {
        try withLab { lab in
            let lab = try NodeLocalLab(lab)
            let plan = try lab.plan
            let before = try lab.nodeState
            let isChanged = try lab.node.run { () throws -> Bool in
                var ruleset = try KernelRuleset()
                let left = NodeLocalTable(plan.points, isOwned: false)
                try ruleset.apply(left.change(from: nil))
                var node = try NodeLocal.open()
                let isChanged = try node.untrack(plan.points)
                try node.remove()
                try ruleset.apply(left.change(from: nil))
                try NodeLocalKeeper.cleanUp()
                return isChanged
            }
            #expect(isChanged)
            #expect(try lab.nodeState == before)
        }
    }

    @Test func `an address that somebody takes away comes back`() throws {
        try withLab { lab in
            let lab = try NodeLocalLab(lab)
            let (plan, reports) = (try lab.plan, KeeperReports())
            let keeper = try lab.node.run { try NodeLocalKeeper(plan) { reports.add($0) } }
            keeper.serve(plan)
            try reports.waitFor(.leading)
            let link = reports.list.contains(.usesLoopback) ? "lo" : "weft-dns"
            try lab.node.ip("addr del 169.254.20.10/32 dev \(link)")
            try reports.waitFor(.repaired)
            #expect(try lab.answers(NodeLocalLab.local, to: lab.pod) == ["node"])
            keeper.stop()
        }
    }

    @Test func `what another process serves is left to it`() throws {
        try withLab { lab in
            let lab = try NodeLocalLab(lab)
            let plan = try lab.plan
            let error = try lab.node.run { () throws -> DNSError? in
                var first = try NodeLocal.open()
                _ = try first.hold(plan.addresses)
                _ = try first.untrack(plan.points)
                defer { withExtendedLifetime(first) {} }
                do throws(DNSError) { try NodeLocalKeeper.cleanUp() } catch { return error }
                return nil
            }
            #expect(error?.description.contains("table inet weft-dns") == true)
        }
    }
}

@Suite(.requiresRoot) struct `The link of a node's own addresses` {
    @Test func `one that Weft made is used, and goes in the end`() throws {
        try withLab { lab in
            let lab = try NodeLocalLab(lab)
            let (node, plan) = (lab.node, try lab.plan)
            try node.ip("link add weft-dns type bridge")
            try node.ip("link set weft-dns alias weft:dns up")
            let isOwn = try node.run { () throws -> Bool in
                var own = try NodeLocal.open()
                return try own.hold(plan.addresses).isOwnLink
            }
            #expect(isOwn)
            #expect(try node.ip("-o addr show dev weft-dns").contains("169.254.20.10/32"))
            try node.run { try NodeLocalKeeper.cleanUp() }
            #expect(try !node.ip("-o link").contains("weft-dns"))
        }
    }

    @Test func `one that is somebody else's is not touched`() throws {
        try withLab { lab in
            let lab = try NodeLocalLab(lab)
            let (node, plan) = (lab.node, try lab.plan)
            try node.ip("link add weft-dns type bridge")
            try node.ip("link set weft-dns alias mine")
            let error = try node.run { () throws -> DNSError? in
                var own = try NodeLocal.open()
                do throws(DNSError) { _ = try own.hold(plan.addresses) } catch { return error }
                return nil
            }
            #expect(error?.description.contains("somebody else's") == true)
            #expect(throws: DNSError.self) { try node.run { try NodeLocalKeeper.cleanUp() } }
            #expect(try node.ip("-o link").contains("weft-dns"))
        }
    }

    @Test func `addresses that others gave the node are used and kept`() throws {
        try withLab { lab in
            let lab = try NodeLocalLab(lab)
            let (node, plan) = (lab.node, try lab.plan)
            try node.ip("addr add 169.254.20.10/32 dev lo")
            try node.run {
                var own = try NodeLocal.open()
                _ = try own.hold(plan.addresses)
                try own.remove()
            }
            let held = try node.ip("-o addr show dev lo")
            #expect(held.contains("169.254.20.10/32") && !held.contains("10.96.0.10"))
        }
    }
}
