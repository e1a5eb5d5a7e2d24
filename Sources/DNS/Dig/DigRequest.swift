import Network
package import Support

/// What `weft dig` is to ask, and of whom.
package struct DigRequest: Hashable, Sendable {
    /// As it was written; the search list may stand behind it.
    package var name: DomainName
    /// Whether the name ends in a dot, so that nothing may stand behind it.
    package var isComplete = false
    package var types: [RecordType] = [.a, .aaaa]
    package var recordClass = RecordClass.internet
    /// Nil for the first that resolv.conf names.
    package var server: DigServer?
    package var searches = false
    package var usesTCP = false
    package var wantsRecursion = true
    package var format = Format.text
    /// Of each try; nil for what resolv.conf says.
    package var timeout: Duration?
    package var tries: Int?

    package enum Format: Hashable, Sendable { case text, short, json }

    package init(_ name: DomainName) { self.name = name }
}

extension DigRequest {
    package static let options = [
        Option("type", value: "TYPE[,TYPE]", isList: true, help: "Which records to ask for"),
        Option("reverse", letter: "x", value: "ADDRESS", help: "Ask for the names of an address"),
        Option("search", help: "Put the search list of resolv.conf behind the name"),
        Option("short", help: "Print the data of the answers only"),
        Option("json", help: "Print all there is as JSON"),
        Option("tcp", help: "Ask by TCP right away"),
        Option("timeout", value: "SECONDS", help: "How long to wait for each try"),
        Option("tries", value: "NUMBER", help: "How often to ask by UDP"),
        Option("no-recursion", help: "Let the server say what it knows itself"),
        Option("class", value: "CLASS", standard: "IN", help: "The class of the records"),
    ]

    package init(_ arguments: Arguments) throws(UsageError) {
        var words: [String] = []
        var server: DigServer?
        for word in arguments.operands {
            guard word.hasPrefix("@") else {
                words.append(word)
                continue
            }
            if server != nil { throw UsageError("one server is wanted, not '\(word)' as well") }
            server = try DigServer(word.dropFirst())
        }
        let types = try Self.types(arguments, &words)
        (name, isComplete) = try Self.name(arguments, words)
        if let types { self.types = types } else if arguments.has("reverse") { self.types = [.ptr] }
        self.server = server
        searches = arguments.has("search")
        usesTCP = arguments.has("tcp")
        wantsRecursion = !arguments.has("no-recursion")
        recordClass = try Self.recordClass(arguments.text("class") ?? "IN")
        timeout = try arguments.decimal("timeout").map { .seconds($0) }
        tries = arguments.has("tries") ? try arguments.number("tries", in: 1...100) : nil
        if arguments.has("short"), arguments.has("json") {
            throw UsageError("--short excludes --json")
        }
        if arguments.has("json") { format = .json }
        if arguments.has("short") { format = .short }
    }

    /// The types of --type, or of the word behind the name, which is taken off.
    private static func types(
        _ arguments: Arguments, _ words: inout [String]
    ) throws(UsageError) -> [RecordType]? {
        // With an address the name is not among the words.
        let place = arguments.has("reverse") ? 0 : 1
        var text = arguments.text("type")
        if words.count > place {
            if text != nil { throw UsageError("--type excludes the type '\(words[place])'") }
            text = words.remove(at: place)
        }
        guard let text else { return nil }
        var types: [RecordType] = []
        for word in text.split(separator: ",") {
            guard let type = RecordType(word) else {
                throw UsageError("'\(word)' is no type of records such as A, SRV or TYPE65")
            }
            if [.axfr, .ixfr, .opt].contains(type) {
                throw UsageError("\(type) is nothing to ask for here")
            }
            types.append(type)
        }
        if types.isEmpty { throw UsageError("--type needs a type of records, such as SRV") }
        return types
    }

    private static func name(
        _ arguments: Arguments, _ words: [String]
    ) throws(UsageError) -> (DomainName, isComplete: Bool) {
        if let text = arguments.text("reverse") {
            guard let address = IPAddress(text) else {
                throw UsageError("-x needs an address, not '\(text)'")
            }
            if let stray = words.first { throw UsageError("'\(stray)' is one word too many") }
            return (DomainName(reversing: address), true)
        }
        guard let text = words.first else { throw UsageError("a name to ask for is missing") }
        if words.count > 1 { throw UsageError("'\(words[1])' is one word too many") }
        do throws(DNSError) {
            return (try DomainName(text), text.hasSuffix(".") && !text.hasSuffix("\\."))
        } catch {
            throw UsageError("\(error)")
        }
    }

    private static func recordClass(_ text: String) throws(UsageError) -> RecordClass {
        guard let known = RecordClass(text) else {
            throw UsageError("--class must be IN, CH, HS, ANY or CLASS and a number, not '\(text)'")
        }
        return known
    }
}

extension DigRequest {
    /// The names to try one after the other, as the C library does (resolv.conf(5)).
    package func names(_ configuration: ResolverConfiguration) -> [DomainName] {
        guard searches, !isComplete else { return [name] }
        let searched = configuration.search.compactMap { name.appended(to: $0) }
        // A name of so many dots is likely to be whole.
        let isTriedFirst = name.labelCount - 1 >= configuration.ndots
        return isTriedFirst ? [name] + searched : searched + [name]
    }
}
