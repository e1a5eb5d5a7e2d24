/// What a server says of itself to questions of the class CH.
package struct ChaosTexts: Hashable, Sendable {
    package var version: String
    package var authors: [String]
    package var hostname: String

    package init(version: String, authors: [String], hostname: String) {
        self.version = version
        self.authors = authors
        self.hostname = hostname
    }

    /// Puts the texts of a name, if it is one that has some.
    func answer(
        _ name: borrowing QuestionName, _ type: RecordType, into reply: inout ReplyWriter
    ) -> Bool {
        guard type == .txt, let texts = texts(name) else { return false }
        for text in texts {
            let octets = Array(text.utf8.prefix(255))
            guard
                reply.begin(
                    .txt, ttl: 0, length: octets.count + 1, recordClass: .chaos)
            else { break }
            reply.put8(UInt8(octets.count))
            reply.put(octets.span)
        }
        return true
    }

    private func texts(_ name: borrowing QuestionName) -> [String]? {
        guard name.labelCount == 2 else { return nil }
        switch (name.label(0).text, name.label(1).text) {
        case ("version", "bind"), ("version", "server"): return [version]
        case ("authors", "bind"): return authors
        case ("hostname", "bind"), ("id", "server"): return [hostname]
        default: return nil
        }
    }
}

extension Span<UInt8> {
    /// A copy as text.
    var text: String { String(decoding: octets, as: UTF8.self) }
}
