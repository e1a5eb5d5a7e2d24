import NFTables
import Network

/// A counter that says whose turn it is, and the places of those who take turns.
///
/// The count is in a rule, so that a rotation is strict over all processors. Rotations belong to no
/// service: one that has another number of backends now takes another rotation, which changes
/// elements of maps only and no rule; the one it leaves serves the next of that size.
package struct Rotation: Hashable, Sendable {
    package let group: RotationGroup
    /// Which one of its group it is.
    package let index: UInt32

    /// What rotations must have in common to stand in for each other.
    package struct Shape: Hashable, Sendable {
        package var kind: Kind
        package var turns: UInt32
        /// The idle time of the affinity that turns are remembered for; nil for none.
        package var affinity: UInt32?

        package init(_ kind: Kind, turns: Int, affinity: UInt32? = nil) {
            self.kind = kind
            self.turns = UInt32(turns)
            self.affinity = affinity
        }
    }

    package enum Kind: Hashable, Sendable {
        case inTurn
        case random
        case bySource
    }
}

/// Rotations of one shape that share a chain, a rule each.
///
/// The kernel visits every chain of the machine in each transaction, whatever that is about; a packet
/// on the other hand is compared with the rules one after the other.
package struct RotationGroup: Hashable, Sendable {
    package let number: UInt32
    package let shape: Rotation.Shape
    /// The first place of its first rotation.
    package let base: UInt32

    /// How many rotations it is.
    static let size: UInt32 = 32
}

extension Rotation {
    var shape: Shape { group.shape }

    var ticket: Ticket { Ticket(rotation: group.number * RotationGroup.size + index) }

    func place(_ turn: Int) -> Ticket {
        Ticket(place: group.base + index * shape.turns + UInt32(turn))
    }
}

extension RotationGroup {
    var rotations: [Rotation] { (0..<Self.size).map { Rotation(group: self, index: $0) } }

    /// How many places its rotations have.
    var placeCount: UInt32 { Self.size * shape.turns }

    var ticket: Ticket { Ticket(rotation: number * Self.size) }

    /// What is left of a rotation's ticket when only its group matters.
    static let mask = ~(size - 1)

    var chainName: String { Self.chainName(number) }

    static func chainName(_ number: UInt32) -> String { "\(chainPrefix)\(number)" }

    static let chainPrefix = "rotations-"

    /// The element that leads to its chain.
    var counter: ProxyElement { ProxyElement(.counters, .ticket(ticket), .counter) }
}

extension ProxyTable {
    func chain(of group: RotationGroup) -> RuleChain {
        RuleChain(group.chainName, group.rotations.map(rule))
    }

    /// `meta priority <ticket> meta priority set numgen inc mod <turns> offset <place> goto pick`.
    private func rule(of rotation: Rotation) -> [Expression] {
        let next = rotation.shape.affinity.map(Self.rememberChain) ?? "pick"
        return [.load(.priority), .compare(.equal, rotation.ticket.value)]
            + generator(of: rotation) + [.store(.priority), .goto(next)]
    }

    private func generator(of rotation: Rotation) -> [Expression] {
        let turns = rotation.shape.turns
        let first = rotation.place(0).rawValue
        return switch rotation.shape.kind {
        case .inTurn: [.numberGenerator(.init(.incremental, modulus: turns, offset: first))]
        case .random: [.numberGenerator(.init(.random, modulus: turns, offset: first))]
        case .bySource:
            [
                .load(source),
                .hash(
                    PacketHash(
                        .jenkins(0, length: UInt32(family.bitWidth / 8), seed: Self.seed),
                        modulus: turns, offset: first)),
            ]
        }
    }

    /// The same on all nodes, so that they send a client to the same backend.
    private static let seed: UInt32 = 0x7765_6674

    /// The rotations that a chain with its rules is, if it is that.
    func rotations(_ name: String, _ rules: [[Expression]]) -> RotationGroup? {
        guard name.hasPrefix(RotationGroup.chainPrefix), let rule = rules.first,
            let number = UInt32(name.dropFirst(RotationGroup.chainPrefix.count)),
            case .immediate(.verdict(.goto(let next)))? = rule.last,
            let (kind, turns, first) = rule.lazy.compactMap(\.turns).first,
            let base = Ticket(rawValue: first).place
        else { return nil }
        let shape = Rotation.Shape(
            kind, turns: Int(turns), affinity: Self.affinitySeconds(ofChain: next))
        let group = RotationGroup(number: number, shape: shape, base: base)
        return chain(of: group).rules == rules ? group : nil
    }
}

extension Expression {
    fileprivate var turns: (kind: Rotation.Kind, count: UInt32, first: UInt32)? {
        switch self {
        case .numberGenerator(let generator):
            (
                generator.kind == .random ? .random : .inTurn, generator.modulus,
                generator.offset
            )
        case .hash(let hash): (.bySource, hash.modulus, hash.offset)
        default: nil
        }
    }
}
