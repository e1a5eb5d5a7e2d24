import NFTables
import Platform

/// The table of the namespace the caller is in, while no other plugin changes it.
struct TableSession: ~Copyable {
    let ruleset: RulesetConnection
    /// On the namespace itself: one lock for each table, and nothing to clean up.
    private let lock: NetworkNamespace?

    /// Waits for other plugins; `pod` is the one whose ADD or DEL this is a part of.
    init(for pod: PodCall? = nil) throws(CNIError) {
        lock = try Self.lock(for: pod)
        ruleset = pod?.ruleset ?? RulesetConnection()
    }

    private static func lock(for pod: PodCall?) throws(CNIError) -> NetworkNamespace? {
        do throws(PlatformError) {
            let own = try NetworkNamespace.current()
            // An ADD for the host's own namespace holds that lock already, undoing itself too.
            if let namespace = pod?.remainingNamespace(), try namespace.identity == own.identity {
                return nil
            }
            try own.lock()
            return own
        } catch {
            throw CNIError(error)
        }
    }
}

extension TableSession {
    /// What a map holds; nothing when there is no table.
    mutating func elements(of map: PodMap) throws(CNIError) -> [InstalledElement] {
        do throws(NFTablesError) {
            return try ruleset.elements(of: map.set).map { InstalledElement(map: map, element: $0) }
        } catch  where error.errno == .noSuchEntry {
            return []
        } catch {
            throw CNIError(error)
        }
    }

    mutating func elements(of kinds: [PodMap.Kind]) throws(CNIError) -> [InstalledElement] {
        var elements: [InstalledElement] = []
        for map in try maps(kinds) { elements += try self.elements(of: map) }
        return elements
    }

    /// The sets and maps of some kinds.
    mutating func maps(_ kinds: [PodMap.Kind]) throws(CNIError) -> [PodMap] {
        var maps = kinds.flatMap(PodMap.all)
        guard kinds.contains(where: \.isOfChains) else { return maps }
        do throws(NFTablesError) {
            let sets = try ruleset.sets(in: SuiteTable.name)
            maps += sets.compactMap { PodMap(ofChain: $0.name.name) }
                .filter { kinds.contains($0.kind) }
        } catch  where error.errno == .noSuchEntry {
            // There is no table.
        } catch {
            throw CNIError(error)
        }
        return maps
    }
}
