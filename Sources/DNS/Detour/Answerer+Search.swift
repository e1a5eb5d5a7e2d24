/// Names that a client would try one after the other, tried on its behalf.
extension Answerer {
    /// Answers the question, or as the first name of the client's search list that exists.
    mutating func search(
        for question: Message.Question, _ way: Way, _ end: Ending
    ) -> Found {
        name.assign(question.name)
        guard question.recordClass == .internet, let search = way.detour.search,
            search.takes(name, from: way.client.address)
        else {
            let found = answer(question, way)
            guard case .later(let pending) = found else { return found }
            return .later(end.finish(pending))
        }
        var trial = Trial()
        for name in search.names(for: name) {
            let next = Message.Question(name, question.type, question.recordClass)
            if trial.take(answer(next, way), end) { break }
        }
        let result = trial.result(end)
        if case .reply(let reply, _, _) = result, reply.responseCode == .noError {
            counts.countSearch(way.block.counted)
        }
        return result
    }

    /// What came of the names so far.
    private struct Trial {
        /// Of the first name, if it can be said at once.
        private var first: Found?
        /// Names that somebody else has to be asked for.
        private var waiting: [PendingQuestion] = []
        /// Of a name that exists.
        private var found: Found?

        /// Takes what there is to say of the next name; true if there is no need for another.
        mutating func take(_ next: Found, _ end: Ending) -> Bool {
            switch next {
            case .drop: return false
            case .later(let pending): waiting.append(end.finish(pending))
            case .reply(let reply, _, _):
                // What the client may not ask for is not there for it.
                guard reply.responseCode == .nameError || reply.responseCode == .refused else {
                    found = next
                    return true
                }
                if waiting.isEmpty { first = first ?? next }
            }
            return false
        }

        func result(_ end: Ending) -> Found {
            let known = found ?? first
            guard var pending = waiting.first else { return known ?? .drop }
            pending.accounting.isSearch = true
            pending.alternatives = Array(waiting.dropFirst())
            if case .reply(let reply, _, _)? = known {
                pending.lastResort = end.finish(reply).encoded(limit: end.limit)
            }
            return .later(pending)
        }
    }
}
