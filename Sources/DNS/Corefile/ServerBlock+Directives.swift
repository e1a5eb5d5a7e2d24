import Network

extension ServerBlock {
    init(_ raw: RawBlock, _ port: Port) throws(CorefileError) {
        place = raw.place
        keys = []
        for word in raw.keys { keys += try ServerKeyText(word, owner: "").keys(port) }
        let context = BlockContext(zones: zones, root: try Self.root(raw.directives))
        var seen: Set<String> = []
        for directive in raw.directives {
            let isFirst = seen.insert(directive.name).inserted
            try take(directive, context)
            guard isFirst || DirectiveName.repeatable.contains(directive.name) else {
                throw directive.wrong("is there twice in a block", "keep one of them")
            }
        }
        try check(raw)
    }

    private mutating func take(
        _ directive: Directive, _ context: BlockContext
    ) throws(CorefileError) {
        if try takeOperation(directive) { return }
        if try takeMessage(directive) { return }
        guard try takeAnswer(directive, context) else { throw DirectiveName.unknown(directive) }
    }

    /// Where relative paths begin, wherever in the block that is said.
    private static func root(_ directives: [Directive]) throws(CorefileError) -> String? {
        guard let directive = directives.first(where: { $0.name == "root" }) else { return nil }
        try directive.checkForNoBlock()
        let context = BlockContext(zones: [], root: nil)
        return try directive.path(directive.value("root DIRECTORY"), context)
    }

    private mutating func takeOperation(_ directive: Directive) throws(CorefileError) -> Bool {
        switch directive.name {
        case "root": break
        case "bind": binds.append(try BindOptions(directive))
        case "errors": errors = try ErrorsOptions(directive)
        case "log": log += try LogRule.rules(directive)
        case "health": health = try HealthOptions(directive)
        case "ready": ready = try ReadyOptions(directive)
        case "prometheus": prometheus = try PrometheusOptions(directive)
        case "reload": reload = try ReloadOptions(directive)
        case "timeouts": timeouts = try TimeoutOptions(directive)
        case "multisocket": sockets = try SocketCount(directive)
        case "ratelimit": rateLimit = try RateLimitOptions(directive)
        case "loop": detectsLoops = try directive.only()
        default: return false
        }
        return true
    }

    private mutating func takeMessage(_ directive: Directive) throws(CorefileError) -> Bool {
        switch directive.name {
        case "bufsize": bufferSize = try Self.bufferSize(directive)
        case "nsid": nsid = try NSIDOptions(directive)
        case "loadbalance": shufflesAddresses = try Self.shuffles(directive)
        case "minimal": isMinimal = try directive.only()
        case "any": answersAnyShortly = try directive.only()
        case "local": answersLocalhost = try directive.only()
        case "chaos": chaos = try ChaosOptions(directive)
        case "metadata":
            try directive.checkForNoBlock()
            _ = try directive.zones(directive.values)
            hasMetadata = true
        default: return false
        }
        return true
    }

    private mutating func takeAnswer(
        _ directive: Directive, _ context: BlockContext
    ) throws(CorefileError) -> Bool {
        switch directive.name {
        case "acl": accessRules.append(try AccessRule(directive, context))
        case "autopath": autopath = try AutopathOptions(directive, context)
        case "cache": cache = try CacheOptions(directive, context)
        case "file": files.append(try ZoneFileOptions(directive, context))
        case "forward": forwards.append(try ForwardOptions(directive, context))
        case "hosts": hosts = try HostsOptions(directive, context)
        case "kubernetes": kubernetes = try KubernetesOptions(directive, context)
        case "rewrite": rewrites.append(try RewriteRule(directive))
        case "tls": tls = try TLSOptions(directive, context)
        case "transfer": transfers.append(try TransferOptions(directive, context))
        default: return false
        }
        return true
    }
}

extension ServerBlock {
    private func check(_ raw: RawBlock) throws(CorefileError) {
        if let autopath, autopath.source == .kubernetes, kubernetes?.pods != .verified {
            throw CorefileError(
                autopath.place, in: "autopath", "pods are not known by their addresses",
                "write pods verified in the kubernetes directive of this block")
        }
        if let key = keys.first(where: { $0.scheme == .tls }), tls == nil {
            throw CorefileError(
                place, "\(key) has no certificate", "add a directive tls CERT KEY to the block")
        }
        if let directive = raw.directives.first(where: { $0.name == "ratelimit" }),
            !keys.contains(where: { $0.scheme == .dns })
        {
            throw directive.wrong(
                "no key of the block takes datagrams, and nothing else is limited",
                "remove it, or write dns://ZONE")
        }
        if let directive = raw.directives.first(where: { $0.name == "tls" }),
            !keys.contains(where: { $0.scheme == .tls })
        {
            throw directive.wrong("no key of the block is served over TLS", "write tls://ZONE")
        }
    }

    /// What CoreDNS takes, and what no network fragments (DNS Flag Day 2020).
    private static func bufferSize(_ directive: Directive) throws(CorefileError) -> UInt16 {
        try directive.checkForNoBlock()
        guard let word = try directive.expect(0...1, "bufsize [SIZE]").first else { return 1232 }
        return UInt16(try directive.number(word, in: 512...4096))
    }

    private static func shuffles(_ directive: Directive) throws(CorefileError) -> Bool {
        if let option = try directive.options().first {
            throw option.unknownOption(
                [], refused: ["prefer": order, "reload": "no file of weights is read: remove it"])
        }
        switch try directive.expect(0...2, "loadbalance [round_robin]").first {
        case nil: return true
        case let word? where word.text == "round_robin" && directive.values.count == 1: return true
        case let word?: throw directive.unsuitable(word, "\(order), or write round_robin")
        }
    }

    private static let order = "addresses are sent in random order only: remove it"
}

extension ServerBlock.NSIDOptions {
    fileprivate init(_ directive: Directive) throws(CorefileError) {
        try directive.checkForNoBlock()
        text =
            directive.values.isEmpty
            ? nil : directive.values.map(\.text).joined(separator: " ")
    }
}

extension ServerBlock.SocketCount {
    /// More than any machine has CPUs.
    private static let most = 1024

    fileprivate init(_ directive: Directive) throws(CorefileError) {
        try directive.checkForNoBlock()
        let word = try directive.expect(0...1, "multisocket [NUMBER]").first
        self =
            if let word {
                .fixed(try directive.number(word, in: 1...Self.most))
            } else {
                .onePerCPU
            }
    }
}

extension Directive {
    /// Checks that it has neither values nor options.
    fileprivate func only() throws(CorefileError) -> Bool {
        try checkForNoBlock()
        return try flag()
    }
}
