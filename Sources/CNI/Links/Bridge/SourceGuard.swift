import NFTables
import Network
import Platform

/// `macspoofchk`: pods send from their own hardware address only.
///
/// One table of the bridge family, with the same rule however many pods there are.
enum SourceGuard {
    /// A port of a bridge and the address behind it.
    struct Station: Hashable, Sendable {
        let port: InterfaceName
        let address: MACAddress

        init(_ port: InterfaceName, _ address: MACAddress) {
            self.port = port
            self.address = address
        }

        init(_ attachment: Attachment, _ address: MACAddress) throws(CNIError) {
            self.init(try NodeEnd(attachment).name, address)
        }
    }

    private static let table = TableName(.bridge, "weft-cni")
    private static let ports = NamedSet(SetName(table, "ports"), key: [.interfaceName])
    private static let stations = NamedSet(
        SetName(table, "stations"), key: [.interfaceName, .etherAddress])
    private static let chain = Chain(
        ChainName(table, "sources"),
        base: Chain.Base(.filter, .prerouting, priority: Chain.Base.Priority.raw))

    /// The registers that an interface's name fills.
    private static let nameRegisters = 4

    private static var rule: Rule {
        Rule(
            chain.name,
            [
                .load(.inputName), .lookup(ports.name.name),
                .load(.etherSource, into: Register(nameRegisters)),
                .lookup(stations.name.name, .notMember), .drop,
            ])
    }
}

extension SourceGuard {
    /// Lets a port send from one address and no other.
    static func admit(_ station: Station, _ owner: String) throws(CNIError) {
        var transaction = Transaction()
        transaction.add(Table(table))
        transaction.add(ports)
        transaction.add(stations)
        transaction.add(chain)
        transaction.flush(chain.name)
        transaction.add(rule)
        transaction.add(ElementList([Element(station.portKey, comment: owner)]), to: ports)
        transaction.add(ElementList([Element(station.key, comment: owner)]), to: stations)
        try reporting { () throws(NFTablesError) in
            var ruleset = try KernelRuleset()
            try ruleset.apply(transaction)
        }
    }

    static func check(_ station: Station) throws(CNIError) {
        let isThere = try reporting { () throws(NFTablesError) in
            var ruleset = try KernelRuleset()
            let (ports, stations) = try elements(&ruleset)
            return ports.contains { $0.key == station.portKey }
                && stations.contains { $0.key == station.key }
        }
        if !isThere {
            throw CNIError.checkFailed("macspoofchk is not in force for \(station.port)")
        }
    }

    /// Forgets the stations of the owners that are meant, and with the last one the table.
    static func remove(where isMeant: (_ owner: String) -> Bool) throws(CNIError) {
        try reporting { () throws(NFTablesError) in
            var ruleset = try KernelRuleset()
            while try !removed(&ruleset, where: isMeant) {}
        }
    }

    /// False when others changed the ruleset meanwhile, so that it must be looked at again.
    private static func removed(
        _ ruleset: inout KernelRuleset, where isMeant: (_ owner: String) -> Bool
    ) throws(NFTablesError) -> Bool {
        let generation = try ruleset.generation()
        let (ports, stations) = try elements(&ruleset)
        let isStale = { (element: Element) in element.comment.map(isMeant) ?? false }
        let (oldPorts, oldStations) = (ports.filter(isStale), stations.filter(isStale))
        if oldPorts.isEmpty, oldStations.isEmpty { return true }
        var transaction = Transaction()
        if oldPorts.count == ports.count, oldStations.count == stations.count {
            transaction.delete(table)
        } else {
            transaction.delete(ElementList(oldPorts.map { Element($0.key) }), from: self.ports)
            transaction.delete(
                ElementList(oldStations.map { Element($0.key) }), from: self.stations)
        }
        do throws(NFTablesError) {
            try ruleset.apply(transaction, ifGeneration: generation)
            return true
        } catch  where error.code == .generationMismatch {
            return false
        }
    }

    /// What the sets hold; nothing where there is no table.
    private static func elements(
        _ ruleset: inout KernelRuleset
    ) throws(NFTablesError) -> (ports: [Element], stations: [Element]) {
        do throws(NFTablesError) {
            return (try ruleset.elements(of: ports), try ruleset.elements(of: stations))
        } catch  where error.errno == .noSuchEntry {
            return ([], [])
        }
    }
}

extension SourceGuard.Station {
    /// The name as the kernel compares it: 16 bytes with zeros behind.
    fileprivate var portKey: Value {
        var key = Value()
        for byte in port.rawValue.utf8 { key.append(byte) }
        while key.count < 16 { key.append(0) }
        return key
    }

    fileprivate var key: Value {
        var key = portKey
        key.append(address.rawValue, bytes: 6)
        key.pad()
        return key
    }
}
