import Kubernetes
import NFTables

// A plan for a table that is there already, from another run or damaged by somebody: what is right
// in it stays, and the change makes the rest right.

extension FamilyPlan {
    /// Plans all services upon what the kernel holds.
    init(
        _ table: ProxyTable, seed: Int, adopting held: HeldTable,
        services: [ObjectKey: [PortMeaning]], networks: NodeNetworks, _ change: inout TableChange
    ) {
        self.init(table, seed: seed)
        guard var contents = held.contents, contents.hasSets(of: table) else {
            change.install()
            placeAll(services, upon: nil, &change)
            set(networks, &change)
            return
        }
        change.ignoresElements = true
        repairChains(contents, &change)
        var elements = HeldElements(&contents, table)
        adopt(contents, elements, services, &change)
        placeAll(services, upon: elements, &change)
        pool.finishAdoption()
        claimedNumbers = [:]
        change.ignoresElements = false
        self.networks = networks
        compareElements(&elements, &change)
        compareNetworks(contents, &change)
        removeStrangers(contents, &change)
    }

    private mutating func placeAll(
        _ services: [ObjectKey: [PortMeaning]], upon elements: HeldElements?,
        _ change: inout TableChange
    ) {
        for service in services.keys.sorted() {
            guard let meanings = services[service] else { continue }
            if let elements {
                ports[service] = meanings.compactMap { place($0, upon: elements, &change) }
            } else {
                _ = set(service, to: meanings, &change)
            }
        }
    }

    private mutating func place(
        _ meaning: PortMeaning, upon elements: HeldElements, _ change: inout TableChange
    ) -> PlacedPort? {
        let claimed = claimedNumbers[meaning.name]
        guard let number = claimed ?? numbers.take() else { return nil }
        let held = claimed.map { elements.placement($0, of: meaning, &pool) }
        let port = place(meaning, number, after: held.map { PlacedPort(meaning, $0) }, &change)
        share(port, instead: nil, &change)
        return port
    }
}

extension FamilyPlan {
    /// Makes the constant chains what they should be.
    private func repairChains(_ contents: HeldTable.Contents, _ change: inout TableChange) {
        for set in ProxySet.allCases where contents.sets[set.rawValue] == nil { change.add(set) }
        for chain in table.chains { repair(chain, contents, &change) }
    }

    private func repair(
        _ chain: RuleChain, _ contents: HeldTable.Contents, _ change: inout TableChange
    ) {
        guard let held = contents.chains[chain.name] else { return change.add(chain) }
        if held.base != chain.base {
            // The hook and priority of a chain cannot be changed (S96).
            change.removeChainFirst(chain.name)
            change.add(chain)
        } else if held.rules != chain.rules {
            change.rewrite(chain)
        }
    }

    /// Takes in rotations, affinity chains, guards and numbers that are there.
    mutating func adopt(
        _ contents: HeldTable.Contents, _ elements: HeldElements,
        _ services: [ObjectKey: [PortMeaning]], _ change: inout TableChange
    ) {
        for (name, chain) in contents.chains {
            if let group = table.rotations(name, chain.rules),
                elements.hasCounter(group)
            {
                pool.adopt(group)
            }
            if let seconds = ProxyTable.affinitySeconds(ofChain: name) {
                affinityTimes.insert(seconds)
                for chain in table.affinityChains(seconds) { repair(chain, contents, &change) }
            }
            if let number = ProxyTable.guardNumber(ofChain: name) { guards.keepOff(number) }
        }
        elements.forEachPlace { pool.keepOff($0) }
        adoptGuards(contents, services)
        claimNumbers(elements, services)
    }

    private mutating func adoptGuards(
        _ contents: HeldTable.Contents, _ services: [ObjectKey: [PortMeaning]]
    ) {
        var held = [[[Expression]]: UInt32]()
        for (name, chain) in contents.chains {
            if let number = ProxyTable.guardNumber(ofChain: name) { held[chain.rules] = number }
        }
        for ranges in Set(services.values.joined().compactMap(\.sourceRanges)) {
            if let number = held[table.guardRules(ranges)] { guards.adopt(number, ranges) }
        }
    }

    /// The first port that has a number's destination keeps the number, and what else leads to it.
    ///
    /// Who has a destination in the kernel was there first, whatever the names.
    private mutating func claimNumbers(
        _ elements: HeldElements, _ services: [ObjectKey: [PortMeaning]]
    ) {
        for meaning in services.keys.sorted().lazy.compactMap({ services[$0] }).joined() {
            let destinations = meaning.destinations
            guard let number = elements.port(of: destinations[0]), numbers.claim(number) else {
                continue
            }
            claimedNumbers[meaning.name] = number
            for destination in destinations where elements.port(of: destination) == number {
                _ = claims.claim(destination, for: meaning.name)
            }
        }
    }
}
