/// A regular expression as instructions of a machine that follows all its ways at once (Pike).
struct PatternProgram: Hashable, Sendable {
    enum Instruction: Hashable, Sendable {
        case byte(ByteSet)
        /// Goes on at both, at the first rather.
        case split(Int, Int)
        case jump(Int)
        /// Notes the position, as the start or end of a group.
        case mark(Int)
        case check(PatternNode.Assertion)
        case match
    }

    private(set) var instructions: [Instruction] = []

    /// A name has at most 1000 characters in text; with this a match takes milliseconds at worst.
    private static let longest = 4000
    /// Parts that become nothing count too: they can be repeated just as often.
    private var work = 0

    init(_ node: PatternNode) throws(PatternError) {
        try compile(.group(node, index: 0))
        instructions.append(.match)
    }

    private mutating func compile(_ node: PatternNode) throws(PatternError) {
        work += 1
        guard work <= Self.longest else {
            throw PatternError("it is too long: repeat less")
        }
        switch node {
        case .empty: break
        case .byte(let set): instructions.append(.byte(set))
        case .assertion(let assertion): instructions.append(.check(assertion))
        case .sequence(let parts): for part in parts { try compile(part) }
        case .choice(let branches): try compile(branches[...])
        case .group(let inner, let index):
            instructions.append(.mark(2 * index))
            try compile(inner)
            instructions.append(.mark(2 * index + 1))
        case .repeated(let inner, let least, let most, let isGreedy):
            for _ in 0..<least { try compile(inner) }
            if let most {
                try compile(inner, upTo: most - least, isGreedy)
            } else {
                try compileLoop(inner, isGreedy)
            }
        }
    }

    private mutating func compile(_ branches: ArraySlice<PatternNode>) throws(PatternError) {
        guard let first = branches.first else { return }
        guard branches.count > 1 else { return try compile(first) }
        let split = reserve()
        try compile(first)
        let jump = reserve()
        instructions[split] = .split(split + 1, instructions.count)
        try compile(branches.dropFirst())
        instructions[jump] = .jump(instructions.count)
    }

    private mutating func compile(
        _ node: PatternNode, upTo count: Int, _ isGreedy: Bool
    ) throws(PatternError) {
        var splits: [Int] = []
        for _ in 0..<count {
            splits.append(reserve())
            try compile(node)
        }
        for split in splits { instructions[split] = fork(split + 1, instructions.count, isGreedy) }
    }

    private mutating func compileLoop(
        _ node: PatternNode, _ isGreedy: Bool
    ) throws(PatternError) {
        let split = reserve()
        try compile(node)
        instructions.append(.jump(split))
        instructions[split] = fork(split + 1, instructions.count, isGreedy)
    }

    private func fork(_ inside: Int, _ past: Int, _ isGreedy: Bool) -> Instruction {
        isGreedy ? .split(inside, past) : .split(past, inside)
    }

    /// Where an instruction is put once it is known where it leads.
    private mutating func reserve() -> Int {
        instructions.append(.match)
        return instructions.count - 1
    }
}
