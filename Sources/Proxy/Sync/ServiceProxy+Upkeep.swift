import Kubernetes
import NFTables
import Netlink
import Network
import Platform

extension ServiceProxy {
    mutating func readRulesetEvents() {
        watch.read(own: Set(families.map(\.table.name)))
    }

    /// Compares the tables with what was planned, and puts right what somebody else has changed.
    mutating func verify() {
        guard let snapshot = applied?.snapshot else { return }
        let start = MonotonicTime.now
        var elements = 0
        for index in families.indices where families[index].plan != nil {
            let wanted = wanted(families[index].family, snapshot)
            let networks = node.networks(of: wanted.family, settings)
            do throws(NFTablesError) {
                // The watch stays open: whoever changes the table meanwhile must not be missed.
                let outcome = try families[index].recover(wanted, networks, &kernel)
                elements += outcome.elements + outcome.commands
                guard outcome.commands > 0 else { continue }
                report(
                    .repaired(
                        wanted.family, elements: outcome.elements, duration: .now - start))
                if let plan = families[index].plan {
                    cleaner.add(StaleConnections(ofAll: wanted, plan).checks)
                }
            } catch {
                report(.failed(wanted.family, error, services: families[index].suspectKeys))
                retry.finished(at: .now, failed: true, limit: settings.retryLimit)
            }
        }
        watch.verified(from: start, until: .now, repaired: elements > 0)
        watch.open(&loop, &kernel)
        // The whole table was read, which takes several times what a change needs.
        Heap.giveBack()
    }

    /// How long nothing must have changed before spare rotations are made.
    static var restockDelay: Duration { .milliseconds(200) }

    mutating func restock() {
        isIdle = false
        for index in families.indices {
            do throws(NFTablesError) {
                _ = try families[index].restock(&kernel)
            } catch {
                report(.failed(families[index].family, error, services: []))
                retry.finished(at: .now, failed: true, limit: settings.retryLimit)
            }
        }
        if isBloated { Heap.giveBackAll() }
        isBloated = false
    }
}

extension ServiceProxy {
    /// Listens to the node's addresses, where node ports depend on them (S54, S100).
    static func watchAddresses(
        _ settings: ProxySettings, _ loop: inout EventLoop<Source>, _ node: inout NodeState
    ) throws -> Monitor<RouteEvent>? {
        guard settings.families.contains(where: settings.needsAddresses) else { return nil }
        let monitor = try Monitor<RouteEvent>(.addresses4, .addresses6)
        try loop.add(monitor.socket.socket.descriptor, .read, as: .addresses)
        node.addresses = try readAddresses()
        return monitor
    }

    mutating func readAddressEvents() {
        while let events = try? addressMonitor?.next() {
            if !events.isEmpty { schedule.changed(at: .now) }
        }
        if let addresses = try? Self.readAddresses() { node.addresses = addresses }
    }

    static func readAddresses() throws -> Set<IPAddress> {
        var socket = try RouteSocket()
        return Set(try socket.list(.addresses()).map(\.address.address))
    }
}
