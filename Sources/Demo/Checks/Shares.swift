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
    /// `10 by each of 3 pods` where all are equal, else every server's.
    var description: String {
        let values = Set(counts.values)
        if counts.count > 1, values.count == 1, let one = values.first {
            return "\(one) by each of \(counts.count) pods"
        }
        return counts.sorted { $0.key < $1.key }.map { "\($0.value) by \($0.key)" }
            .joined(separator: ", ")
    }
}
