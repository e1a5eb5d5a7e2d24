import NFTables
import Network

/// A counter that says whose turn it is, and the places of those who take turns.
///
/// The count is in the rule, so that a rotation is strict over all processors. Rotations belong to
/// no service: one that has another number of backends now takes another rotation, which changes
/// elements of maps only and no rule; the one it leaves serves the next of that size.
package struct Rotation: Hashable, Sendable {
    package let number: UInt32
    package let shape: Shape
    /// The first of its places.
    package let base: UInt32

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

extension Rotation {
    var ticket: Ticket { Ticket(rotation: number) }

    func place(_ turn: Int) -> Ticket { Ticket(place: base + UInt32(turn)) }

    var chainName: String { "\(Self.chainPrefix)\(number)" }

    static let chainPrefix = "rotation-"
}

extension ProxyTable {
    func chain(of rotation: Rotation) -> RuleChain {
        let shape = rotation.shape
        let next = shape.affinity.map(Self.rememberChain) ?? "pick"
        return RuleChain(
            rotation.chainName, [generator(of: rotation) + [.store(.priority), .goto(next)]])
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

    /// The rotation that a chain with its rules is, if it is one.
    func rotation(_ name: String, _ rules: [[Expression]]) -> Rotation? {
        guard name.hasPrefix(Rotation.chainPrefix), rules.count == 1,
            let number = UInt32(name.dropFirst(Rotation.chainPrefix.count)),
            case .immediate(.verdict(.goto(let next)))? = rules[0].last,
            let (kind, turns, first) = rules[0].lazy.compactMap(\.turns).first,
            let base = Ticket(rawValue: first).place
        else { return nil }
        let shape = Rotation.Shape(
            kind, turns: Int(turns), affinity: Self.affinitySeconds(ofChain: next))
        let rotation = Rotation(number: number, shape: shape, base: base)
        return chain(of: rotation).rules == rules ? rotation : nil
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
