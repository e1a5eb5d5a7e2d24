import NFTables
import Network

/// How far a packet has come.
struct WalkState {
    var packet: WalkedPacket
    /// Where it is, and above that where it comes back to.
    private var places: [Place] = []
    /// Base chains that are still before it, by hooks.
    private var hooks: [[String]]
    private var registers = Registers()
    var isTranslated = false
    var isMasqueraded = false
    /// Whether its way is told; of those that part only the first's.
    var isTold = true
    var path: [String] = []

    struct Place {
        var chain: String
        var rule = 0
        var step = 0
    }

    init(_ packet: WalkedPacket, hooks: [[String]]) {
        self.packet = packet
        self.hooks = hooks
        enterNextChain()
    }
}

extension WalkState {
    /// Nil when it has passed all hooks.
    var place: Place? { places.last }

    mutating func nextStep() { change { $0.step += 1 } }

    mutating func nextRule() {
        change {
            $0.rule += 1
            $0.step = 0
        }
    }

    private mutating func change(_ body: (inout Place) -> Void) {
        if !places.isEmpty { body(&places[places.count - 1]) }
    }

    /// Comes back from a chain; from a base chain, goes on to the next.
    mutating func leaveChain() {
        places.removeLast()
        if places.isEmpty { enterNextChain() } else { nextRule() }
    }

    /// No further chain of this hook is asked.
    mutating func leaveHook() {
        if !hooks.isEmpty { hooks[0] = [] }
        leaveBaseChain()
    }

    mutating func leaveBaseChain() {
        places = []
        enterNextChain()
    }

    mutating func enter(_ chain: String, comingBack: Bool) {
        if !comingBack { places.removeLast() }
        places.append(Place(chain: chain))
    }

    private mutating func enterNextChain() {
        while let first = hooks.first {
            guard let chain = first.first else {
                hooks.removeFirst()
                continue
            }
            hooks[0].removeFirst()
            places = [Place(chain: chain)]
            return
        }
    }

    mutating func tell(_ text: @autoclosure () -> String) {
        if isTold { path.append(text()) }
    }

    func load(_ register: Register, _ length: Int) -> Value { registers.load(register, length) }

    mutating func store(_ value: Value, into register: Register) {
        registers.store(value, into: register)
    }
}

/// The sixteen registers that a rule's steps hand values on in.
private struct Registers {
    private var bytes = [UInt8](repeating: 0, count: Value.maximumLength)

    func load(_ register: Register, _ length: Int) -> Value {
        let start = Int(register.index) * Value.registerSize
        return Value(Array(bytes[start..<min(start + length, bytes.count)]))
    }

    /// What is shorter than whole registers is filled up with zeros.
    mutating func store(_ value: Value, into register: Register) {
        var padded = value
        padded.pad()
        let start = Int(register.index) * Value.registerSize
        for index in 0..<min(padded.count, bytes.count - start) {
            bytes[start + index] = padded[index]
        }
    }
}
