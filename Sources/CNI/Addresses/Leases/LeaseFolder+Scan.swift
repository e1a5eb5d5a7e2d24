import Network
import Platform

/// A file of host-local's folder that is named by an address.
struct LeaseFile: Hashable, Sendable {
    let address: IPAddress
    let content: Content

    enum Content: Hashable, Sendable {
        case owner(LeaseOwner)
        /// What a program that was killed left: nobody can ever release it by a name.
        case empty
        /// Something else, such as an administrator's note: it keeps the address from being given.
        case note
    }

    var owner: LeaseOwner? {
        guard case .owner(let owner) = content else { return nil }
        return owner
    }
}

extension LeaseFile.Content {
    init(_ bytes: [UInt8]) {
        if let owner = LeaseOwner(fileContent: bytes) {
            self = .owner(owner)
        } else {
            self = bytes.allSatisfy(Self.blanks.contains) ? .empty : .note
        }
    }

    /// A file system that was not ended well may leave NULs where the text should be.
    private static let blanks = [UInt8]("\0\t\r\n ".utf8)
}

extension LeaseFolder {
    /// No lease comes near this.
    private static let fileLimit = 1 << 16

    /// The addresses that have a file; it takes as long as there are many.
    func takenAddresses() throws(PlatformError) -> [IPAddress] {
        try Directory.list(leases).compactMap { name in
            // Neither program looks for an address under another than its usual form.
            IPAddress(name).flatMap { "\($0)" == name ? $0 : nil }
        }
    }

    /// What the file of an address holds; nil when there is none.
    func content(of address: IPAddress) throws(PlatformError) -> LeaseFile.Content? {
        do throws(PlatformError) {
            return LeaseFile.Content(try File.read(lease(address), limit: Self.fileLimit))
        } catch {
            switch error.code {
            case .noSuchEntry: return nil
            // A folder, a file that is far too large: not ours to judge.
            case .isDirectory, .fileTooLarge, .loop: return .note
            default: throw error
            }
        }
    }

    /// All leases, read one by one.
    func scan() throws(PlatformError) -> [LeaseFile] {
        var files: [LeaseFile] = []
        for address in try takenAddresses() {
            guard let content = try content(of: address) else { continue }
            files.append(LeaseFile(address: address, content: content))
        }
        return files
    }

    /// The attachments that have a record.
    func recordedOwners() throws(PlatformError) -> [LeaseOwner] {
        guard try File.status(index) != nil else { return [] }
        return try Directory.list(index).compactMap(LeaseOwner.init(recordName:))
    }

    /// The bytes of an attachment's record; nil when there is none.
    func recordText(_ owner: LeaseOwner) throws(PlatformError) -> [UInt8]? {
        do throws(PlatformError) {
            return try File.read(record(owner), limit: Self.fileLimit)
        } catch  where error.code == .noSuchEntry {
            return nil
        }
    }

    /// Where the last look or the last address in order left off.
    func lastReserved(_ set: Int) throws(PlatformError) -> IPAddress? {
        do throws(PlatformError) {
            let bytes = try File.read(cursor(set), limit: Self.fileLimit)
            return IPAddress(utf8: bytes.span)
        } catch  where error.code == .noSuchEntry {
            return nil
        }
    }
}
