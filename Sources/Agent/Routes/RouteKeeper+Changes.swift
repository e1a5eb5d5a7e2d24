import Netlink
import Network
import Platform

extension RouteKeeper {
    /// Plans changed nodes anew and carries out what differs: nothing else is asked for or sent.
    mutating func adopt(_ changes: NodeChanges, at now: MonotonicTime) -> RouteOutcome {
        let before = kernel.requests
        var outcome = RouteOutcome()
        watched = nil
        let addresses = Set(changes.set.flatMap(\.addresses.values))
        guard (try? kernel.explore(addresses, &underlay)) != nil else { return verify(at: now) }
        let touched = plan(changes)
        // A tunnel that comes, goes or changes its size concerns all that leads through it.
        guard planner?.tunnels(plans.values) == tunnelPlans else { return verify(at: now) }
        apply(Step.steps(touched, from: held, to: desired), &outcome)
        outcome.requests = kernel.requests - before
        return finish(outcome, at: now)
    }

    /// Plans changed nodes; the answer is what could be other than before.
    private mutating func plan(_ changes: NodeChanges) -> Set<EntryKey> {
        guard let planner else { return [] }
        var touched = Set<EntryKey>()
        var plans = changes.removed.map { ($0, nil as PeerPlan?) }
        plans += changes.set.map { ($0.name, planner.plan($0)) }
        for (name, _) in plans {
            for key in self.plans[name]?.entries.keys ?? [:].keys {
                desired[key] = nil
                touched.insert(key)
            }
        }
        for (name, plan) in plans {
            self.plans[name] = plan
            for (key, value) in plan?.entries ?? [:] {
                desired[key] = value
                touched.insert(key)
            }
        }
        forget(touched)
        return touched
    }
}

extension RouteKeeper {
    /// Forgets what was said of things that are tried again now, or not wanted any more.
    private mutating func forget(_ keys: Set<EntryKey>) {
        refused.subtract(keys)
        for case .route(let network, _) in keys { conflicts[network] = nil }
    }

    /// Carries steps out in their order, and notes what the kernel holds then.
    mutating func apply(_ steps: [Step], _ outcome: inout RouteOutcome) {
        let requests = steps.compactMap { step in
            step.request(tunnelLinks).map { (step, $0) }
        }
        do throws(NetlinkError) {
            let outcomes = try kernel.outcomes(of: requests.map(\.1))
            for (index, failure) in outcomes.enumerated() {
                note(requests[index].0, failure, &outcome)
            }
        } catch {
            isCompared = false
            for family in IPFamily.allCases { outcome.fail(family, AgentError(error)) }
        }
    }

    private mutating func note(
        _ step: Step, _ failure: NetlinkError?, _ outcome: inout RouteOutcome
    ) {
        let isGone = step.desired == nil && failure?.isAbsence == true
        if let failure, !isGone { return refuse(step, failure, &outcome) }
        held[step.key] = step.desired
        outcome.count(step)
    }

    private mutating func refuse(
        _ step: Step, _ failure: NetlinkError, _ outcome: inout RouteOutcome
    ) {
        refused.insert(step.key)
        guard case .route(let network, _) = step.key, failure.errno == .exists else {
            return outcome.fail(step.key.family, AgentError(failure))
        }
        let route = try? kernel.find(.route(to: network.first))
        let held = route.map { "\($0)" } ?? "not found"
        conflicts[network] = RouteConflict(network: network, held: held)
    }
}
