import DNS
import Kubernetes

/// Makes questions of each kind about the names of a cluster, the same ones in every run.
struct QuestionSource {
    private let names: ServedNames
    private var chance = RepeatableChance(seed: 1035)
    /// Services with addresses of their own, those without, and single endpoints.
    private var (clusterIP, headless, endpoints) = ([String](), [String](), [String]())
    private var ports: [String] = []
    private let addresses: [String]
    private let namespaces: [String]

    init(_ names: ServedNames) {
        self.names = names
        namespaces = names.cluster.namespaces.map { "\($0.metadata.name).svc.\(ClusterZone.name)" }
        addresses = Array(Set(names.backward.map(\.owner))).sorted()
        sort()
    }

    /// Sorts names into those that different kinds of questions are about.
    private mutating func sort() {
        let isHeadless = Set(names.cluster.allServices.filter(\.spec.isHeadless).map(\.zoneName))
        var seen: Set<String> = []
        for record in names.forward where seen.insert(record.owner).inserted {
            // service, namespace, svc, cluster, local
            let depth = record.owner.split(separator: ".").count
            switch record.type {
            case .srv where record.owner.hasPrefix("_"): ports.append(record.owner)
            case .a where depth == 5 && isHeadless.contains(record.owner):
                headless.append(record.owner)
            case .a where depth == 5: clusterIP.append(record.owner)
            case .a: endpoints.append(record.owner)
            default: break
            }
        }
    }
}

extension QuestionSource {
    /// So many questions of a kind.
    mutating func questions(_ kind: QuestionKind, count: Int) -> [NameQuestion] {
        var questions: [NameQuestion] = []
        while questions.count < count { questions += next(kind) }
        return Array(questions.prefix(count))
    }

    private mutating func next(_ kind: QuestionKind) -> [NameQuestion] {
        switch kind {
        case .mix: [mixed()]
        case .steady: [steady()]
        case .services: [about(pick(clusterIP), addressType())]
        case .headless: [about(pick(headless), .a)]
        case .srv: [about(pick(ports), .srv)]
        case .ptr: [about(pick(addresses), .ptr)]
        case .negative: [nowhere()]
        case .search: lookup()
        case .cached: [OutsideZone.question(chance.number(below: OutsideZone.names))]
        }
    }

    private mutating func mixed() -> NameQuestion {
        // Of a hundred questions.
        switch chance.number(below: 100) {
        case ..<40: about(address(), .a)
        case ..<55: about(address(), .aaaa)
        case ..<70: about(pick(ports), .srv)
        case ..<80: about(pick(addresses), .ptr)
        default: nowhere()
        }
    }

    private mutating func steady() -> NameQuestion {
        switch chance.number(below: 100) {
        case ..<50: about(pick(clusterIP), addressType())
        case ..<65: about(pick(headless), .a)
        case ..<80: about(pick(ports), .srv)
        default: nowhere()
        }
    }

    /// Mostly of a service; a quarter is for single endpoints.
    private mutating func address() -> String {
        switch chance.number(below: 100) {
        case ..<25: pick(endpoints)
        case ..<40: pick(headless)
        default: pick(clusterIP)
        }
    }

    private mutating func addressType() -> RecordType { chance.number(below: 10) < 7 ? .a : .aaaa }

    private func about(_ name: String, _ type: RecordType) -> NameQuestion {
        NameQuestion(name, type, in: names)
    }

    /// What most names outside become with a domain of the search list.
    private mutating func nowhere() -> NameQuestion {
        let domains = [pick(namespaces), "svc.\(ClusterZone.name)", ClusterZone.name]
        return NameQuestion(
            "\(pick(OutsideZone.known)).\(pick(domains))", addressType(), exists: false)
    }

    private mutating func pick(_ values: [String]) -> String {
        values[chance.number(below: values.count)]
    }
}

extension QuestionSource {
    /// Both families of each name that a resolver tries with `ndots:5`, until one exists.
    private mutating func lookup() -> [NameQuestion] {
        let own = pick(namespaces)
        let target = chance.number(below: 3) == 0 ? nil : pick(clusterIP)
        let word = target.map(Self.short) ?? pick(OutsideZone.known)
        var questions: [NameQuestion] = []
        for domain in [own, "svc.\(ClusterZone.name)", ClusterZone.name] {
            let name = "\(word).\(domain)"
            questions += [RecordType.a, .aaaa].map { about(name, $0) }
            if names.exists(name) { break }
        }
        return questions
    }

    /// As people write it: the service and its namespace.
    private static func short(_ service: String) -> String {
        service.split(separator: ".").prefix(2).joined(separator: ".")
    }
}
