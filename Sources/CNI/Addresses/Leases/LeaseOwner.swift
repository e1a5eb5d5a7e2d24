package import Network

/// Whose a lease is: the interface of a container, in the network whose folder the lease is in.
package struct LeaseOwner: Hashable, Sendable {
    package let containerID: String
    /// Nil in files of old versions of host-local, which knew whole containers only.
    package let interface: InterfaceName?

    package init(containerID: String, interface: InterfaceName?) {
        self.containerID = containerID
        self.interface = interface
    }

    package init(_ attachment: Attachment) {
        self.init(containerID: attachment.containerID, interface: attachment.interface)
    }

    /// The same container, as old versions of host-local name it.
    var withoutInterface: LeaseOwner { LeaseOwner(containerID: containerID, interface: nil) }
}

extension LeaseOwner {
    /// What the file of a lease holds: host-local's format.
    package var fileContent: [UInt8] {
        Array("\(containerID)\(interface.map { "\r\n\($0)" } ?? "")".utf8)
    }

    /// Nil for text that names no attachment, such as an administrator's note.
    package init?(fileContent: [UInt8]) {
        let lines = String(decoding: fileContent, as: UTF8.self)
            .split(whereSeparator: \.isNewline).map { $0.trimmed }
        guard let id = lines.first, Identifier.defect(of: id) == nil, lines.count <= 2 else {
            return nil
        }
        containerID = id
        interface = lines.count == 2 ? InterfaceName(lines[1]) : nil
        if lines.count == 2, interface == nil { return nil }
    }
}

extension LeaseOwner {
    /// Stands between the parts of a record's name; neither identifiers nor our own files have it.
    private static let separator: Character = "@"

    var recordName: String { "\(containerID)\(Self.separator)\(interface?.rawValue ?? "")" }

    /// Nil for the name of a file that is no record.
    init?(recordName: String) {
        guard let place = recordName.firstIndex(of: Self.separator) else { return nil }
        let interface = recordName[recordName.index(after: place)...]
        containerID = String(recordName[..<place])
        guard Identifier.defect(of: containerID) == nil else { return nil }
        self.interface = InterfaceName(interface)
        if self.interface == nil, !interface.isEmpty { return nil }
    }
}

extension LeaseOwner: CustomStringConvertible {
    package var description: String { "\(containerID)\(interface.map { "/\($0)" } ?? "")" }
}

extension Substring {
    /// Without the white space around it.
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
