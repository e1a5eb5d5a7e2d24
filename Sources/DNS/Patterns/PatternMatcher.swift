/// Runs a program over a text: each byte of it is looked at once by each instruction at most.
struct PatternMatcher {
    private let instructions: [PatternProgram.Instruction]
    private let text: [UInt8]
    private let slots: Int
    /// The ways that are open, the one to prefer first.
    private var threads = ThreadList()
    private var found: [Int?]?

    private struct Thread {
        let instruction: Int
        let marks: [Int?]
    }

    private struct ThreadList {
        var threads: [Thread] = []
        /// The step in which an instruction was last reached.
        var reached: [Int] = []
    }

    init(_ program: PatternProgram, groups: Int, _ text: [UInt8]) {
        instructions = program.instructions
        self.text = text
        slots = 2 * (groups + 1)
        threads.reached = Array(repeating: -1, count: instructions.count)
    }

    /// Where the groups are in the match that begins first; of those, in the preferred one.
    mutating func run() -> [Range<Int>?]? {
        for position in 0...text.count {
            // Once there is a match, none that begins later counts.
            if found == nil { add(0, Array(repeating: nil, count: slots), position) }
            if threads.threads.isEmpty, found != nil { break }
            step(position)
        }
        guard let found else { return nil }
        return stride(from: 0, to: slots, by: 2).map { index in
            guard let start = found[index], let end = found[index + 1] else { return nil }
            return start..<end
        }
    }

    private mutating func step(_ position: Int) {
        let current = threads.threads
        threads.threads = []
        for thread in current {
            switch instructions[thread.instruction] {
            case .byte(let set):
                if position < text.count, set.contains(text[position]) {
                    add(thread.instruction + 1, thread.marks, position + 1)
                }
            default:
                // A match; the ways behind it are not preferred.
                found = thread.marks
                return
            }
        }
    }

    /// Follows what takes no byte, without recursion: patterns can be long.
    private mutating func add(_ start: Int, _ marks: [Int?], _ position: Int) {
        var open = [Thread(instruction: start, marks: marks)]
        while let thread = open.popLast() {
            let index = thread.instruction
            if threads.reached[index] == position { continue }
            threads.reached[index] = position
            switch instructions[index] {
            case .jump(let target): open.append(Thread(instruction: target, marks: thread.marks))
            case .split(let first, let second):
                open.append(Thread(instruction: second, marks: thread.marks))
                open.append(Thread(instruction: first, marks: thread.marks))
            case .mark(let slot):
                var marks = thread.marks
                marks[slot] = position
                open.append(Thread(instruction: index + 1, marks: marks))
            case .check(let assertion):
                if holds(assertion, position) {
                    open.append(Thread(instruction: index + 1, marks: thread.marks))
                }
            case .byte, .match: threads.threads.append(thread)
            }
        }
    }

    private func holds(_ assertion: PatternNode.Assertion, _ position: Int) -> Bool {
        let isStart = position == 0
        let isEnd = position == text.count
        switch assertion {
        case .start: return isStart
        case .end: return isEnd
        case .lineStart: return isStart || text[position - 1] == UInt8(ascii: "\n")
        case .lineEnd: return isEnd || text[position] == UInt8(ascii: "\n")
        case .wordBoundary, .noWordBoundary:
            let before = !isStart && ByteSet.wordBytes.contains(text[position - 1])
            let after = !isEnd && ByteSet.wordBytes.contains(text[position])
            return (before != after) == (assertion == .wordBoundary)
        }
    }
}
