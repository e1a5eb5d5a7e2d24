import NFTables

/// The node's table of rules for its pods' traffic, `inet weft-agent`.
///
/// It masquerades what pods send out of the cluster, and lets nodes alone use the tunnels. Rules are
/// the same on every node; what differs is elements of sets. The table stays when the agent stops.
package struct PodTraffic: ~Copyable {
    private let settings: PodTrafficSettings
    private var ruleset: KernelRuleset
    /// What the kernel holds; nil as long as that is not known.
    private var held: TrafficContents?
    private var wanted: TrafficContents?
    /// What it is wanted for.
    private var given: (nodes: ClusterNodes, tunnels: [TunnelEndpoint])?

    /// Opens nftables in the network namespace of the caller.
    package init(_ settings: PodTrafficSettings) throws(AgentError) {
        do throws(NFTablesError) {
            ruleset = try KernelRuleset()
        } catch {
            throw AgentError(error)
        }
        self.settings = settings
    }

    /// Makes the table follow the cluster's nodes; answers how many elements changed.
    package mutating func update(
        _ nodes: ClusterNodes, tunnels: [TunnelEndpoint]
    ) throws(AgentError) -> Int {
        if held != nil, let given, given == (nodes, tunnels) { return 0 }
        given = (nodes, tunnels)
        var new = TrafficContents(settings, nodes, tunnels)
        if let held { new.fillIn(from: held) }
        wanted = new
        // After a start without a node of its own, it is not known what its sets hold.
        guard let held, held.elements.count == new.elements.count else { return try verify() }
        let change = TrafficChange(from: held, to: new)
        do throws(NFTablesError) {
            return try apply(change)
        } catch {
            // Somebody has changed the table: see what there is.
            return try verify()
        }
    }

    /// Compares the table with the kernel's and repairs it; answers how much that took: a table that
    /// had to be made anew counts one more than its elements.
    package mutating func verify() throws(AgentError) -> Int {
        guard let wanted else { return 0 }
        do throws(NFTablesError) {
            held = nil
            let present = try ruleset.contents(of: TrafficTable.name)
            return try apply(TrafficChange(from: present, to: wanted))
        } catch {
            throw AgentError(error)
        }
    }

    private mutating func apply(_ change: TrafficChange) throws(NFTablesError) -> Int {
        held = nil
        try ruleset.apply(change.transaction)
        held = wanted
        return change.elementCount + (change.isReplacement ? 1 : 0)
    }
}

extension AgentError {
    init(_ error: NFTablesError) {
        self.init(.ruleset, "write the rules for pods' traffic", "\(error)")
    }
}
