/// How many questions each server has answered.
struct Shares: Hashable, Sendable {
    private(set) var counts: [String: Int] = [:]

    mutating func add(_ answer: Answer) { counts[answer.server, default: 0] += 1 }

    init(_ answers: [Answer] = []) {
        for answer in answers { add(answer) }
    }

    /// Whether these servers, and no others, have answered so often each.
    func are(_ count: Int, eachOf servers: [String]) -> Bool {
        counts == Dictionary(servers.map { ($0, count) }, uniquingKeysWith: +)
    }
}

extension Shares: CustomStringConvertible {
    /// `3 × 10` where all are equal, else every server's.
    var description: String {
        let values = Set(counts.values)
        if let one = values.first, values.count == 1 {
            return counts.count == 1
                ? "\(one) × \(counts.keys.first ?? "")"
                : "\(one) by each of \(counts.count) pods"
        }
        return counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            .joined(separator: ", ")
    }
}
