import Network
import Platform

/// Something about a network's leases that is not as it should be.
package struct LeaseDefect: Hashable, Sendable, CustomStringConvertible {
    /// The file.
    package let path: String
    /// What is wrong and what to do about it.
    package let words: String

    package var description: String { "\(path): \(words)" }
}

extension LeaseFolder {
    /// What is wrong with the leases, the index and what lies beside them.
    package func defects() throws(CNIError) -> [LeaseDefect] {
        let entries = try entries()
        return entries.compactMap { defect(of: $0) }
            + (try recordDefects(entries)) + (try strayFiles())
    }

    private func defect(of entry: LeaseEntry) -> LeaseDefect? {
        let words =
            switch entry.state {
            case .used: nil as String?
            case .unrecorded: "no record of it; the next ADD or DEL takes it over"
            case .leaked:
                "its link \(entry.hostLink?.rawValue ?? "") is gone; weft ipam reclaim releases it"
            case .void: "of an earlier boot; the next ADD or DEL releases it"
            case .empty: "empty; the next look at all leases removes it, as weft ipam reclaim does"
            case .note: "names no container; weft ipam release removes it if it is not meant"
            }
        return words.map { LeaseDefect(path: lease(entry.address), words: $0) }
    }

    private func recordDefects(_ entries: [LeaseEntry]) throws(CNIError) -> [LeaseDefect] {
        var defects: [LeaseDefect] = []
        for owner in try onDisk({ () throws(PlatformError) in try recordedOwners() }) {
            guard let words = try recordDefect(owner, entries) else { continue }
            defects.append(LeaseDefect(path: record(owner), words: words))
        }
        return defects
    }

    private func recordDefect(
        _ owner: LeaseOwner, _ entries: [LeaseEntry]
    ) throws(CNIError) -> String? {
        let text = try onDisk { () throws(PlatformError) in try recordText(owner) }
        guard let text else { return nil }
        do throws(CNIError) {
            guard let record = try LeaseRecord(parsing: text, at: "it") else {
                return "damaged; it is made again when it is needed"
            }
            let held = Set(entries.lazy.filter { $0.owner == owner }.map(\.address))
            guard let lost = record.addresses.first(where: { !held.contains($0) }) else {
                return nil
            }
            return "its address \(lost) is no lease of it; GC removes the record"
        } catch {
            return "\(error)"
        }
    }

    /// What neither program reads.
    private func strayFiles() throws(CNIError) -> [LeaseDefect] {
        var defects: [LeaseDefect] = []
        for folder in [leases, index] {
            let names = try onDisk { () throws(PlatformError) in
                try File.status(folder) == nil ? [] : try Directory.list(folder)
            }
            for name in names where name.hasPrefix(File.temporaryPrefix) {
                defects.append(
                    LeaseDefect(path: "\(folder)/\(name)", words: "left by a call that was killed"))
            }
        }
        return defects
    }
}
