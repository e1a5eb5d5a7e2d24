package import Kubernetes

/// `kubernetes`: the names of a cluster's services and pods.
package struct KubernetesOptions: Hashable, Sendable {
    /// What names of the form `10-1-2-3.NAMESPACE.pod.ZONE` lead to.
    package enum Pods: String, Hashable, Sendable {
        case disabled
        /// To the address they are made of, whether or not a pod has it.
        case insecure
        case verified
    }

    /// A kubeconfig, and which of its contexts is meant; nil for its current one.
    package struct Kubeconfig: Hashable, Sendable {
        package var file: String
        package var context: String?
    }

    package var zones: [DomainName]
    /// Empty for all namespaces.
    package var namespaces: [String] = []
    /// Which namespaces are exposed, and which objects; empty for all.
    package var namespaceLabels = ""
    package var labels = ""
    package var pods = Pods.disabled
    package var namesEndpointsByPod = false
    package var ttl: UInt32 = 5
    package var watchesEndpoints = true
    /// Whether services without a ready endpoint do not exist.
    package var ignoresEmptyServices = false
    package var passesOn: Fallthrough?
    package var startupTimeout: Duration = .seconds(5)
    /// The API server; nil for the cluster's own.
    package var endpoint: String?
    package var certificates: CredentialsSettings.CertificateFiles?
    package var kubeconfig: Kubeconfig?

    /// The first zone that is not for addresses: names lead back to it.
    package var primaryZone: DomainName { zones.first { !$0.isReverse } ?? .root }

    /// RFC 2181 would allow more, CoreDNS does not.
    private static let longestTTL = 3600
}

extension KubernetesOptions {
    init(_ directive: Directive, _ context: BlockContext) throws(CorefileError) {
        zones = try directive.zones(directive.values, or: context)
        for option in try directive.options() {
            if try takeScope(option) { continue }
            if try takeAnswers(option) { continue }
            guard try takeServer(option) else {
                throw option.unknownOption(Self.known, refused: Self.refused)
            }
        }
        try check(directive)
    }

    private func check(_ directive: Directive) throws(CorefileError) {
        guard zones.contains(where: { !$0.isReverse }) else {
            throw directive.wrong(
                "all its zones are for addresses", "name the cluster's zone first: cluster.local")
        }
        if !namespaces.isEmpty, !namespaceLabels.isEmpty {
            throw directive.wrong(
                "\"namespaces\" and \"namespace_labels\" exclude each other", "remove one of them")
        }
        if certificates != nil, endpoint == nil {
            throw directive.wrong(
                "\"tls\" is for an API server that nothing names", "add endpoint URL, or remove it")
        }
        if endpoint != nil, kubeconfig != nil {
            throw directive.wrong(
                "\"endpoint\" and \"kubeconfig\" both name an API server", "remove one of them")
        }
    }

    private mutating func takeScope(_ option: Directive) throws(CorefileError) -> Bool {
        switch option.name {
        case "namespaces":
            for word in try option.atLeastOne("namespaces NAMESPACE …") {
                namespaces.append(word.text)
            }
        case "namespace_labels": namespaceLabels = try LabelExpression.text(option)
        case "labels": labels = try LabelExpression.text(option)
        case "fallthrough": passesOn = try Fallthrough(option)
        default: return false
        }
        return true
    }

    private mutating func takeAnswers(_ option: Directive) throws(CorefileError) -> Bool {
        switch option.name {
        case "pods":
            pods = try option.choice(
                option.value("pods disabled|insecure|verified"),
                ["disabled": .disabled, "insecure": .insecure, "verified": .verified])
        case "endpoint_pod_names": namesEndpointsByPod = try option.flag()
        case "ttl":
            ttl = UInt32(
                try option.number(option.value("ttl SECONDS"), in: 0...Self.longestTTL))
        case "noendpoints": watchesEndpoints = try !option.flag()
        case "ignore":
            ignoresEmptyServices = try option.choice(
                option.value("ignore empty_service"), ["empty_service": true])
        default: return false
        }
        return true
    }

    private mutating func takeServer(_ option: Directive) throws(CorefileError) -> Bool {
        switch option.name {
        case "startup_timeout":
            startupTimeout = try option.duration(option.value("startup_timeout DURATION"))
        case "endpoint":
            let word = try option.value("endpoint URL")
            guard word.text.hasPrefix("https://") || word.text.hasPrefix("http://") else {
                throw option.unsuitable(word, "write a URL such as https://10.0.0.1:6443")
            }
            endpoint = word.text
        case "tls":
            let files = Array(try option.expect(3...3, "tls CERT KEY CA")).map(\.text)
            certificates = CredentialsSettings.CertificateFiles(
                certificate: files[0], key: files[1], authority: files[2])
        case "kubeconfig":
            let values = Array(try option.expect(1...2, "kubeconfig FILE [CONTEXT]")).map(\.text)
            kubeconfig = Kubeconfig(
                file: values[0], context: values.count > 1 ? values[1] : nil)
        default: return false
        }
        return true
    }

    private static let known = [
        "namespaces", "namespace_labels", "labels", "pods", "endpoint_pod_names", "ttl",
        "noendpoints", "ignore", "fallthrough", "startup_timeout", "endpoint", "tls", "kubeconfig",
    ]

    private static let refused = [
        "multicluster": "no zone of several clusters is served: remove it, and forward the zone",
        "zonal": "names of zones are not served: remove it",
        "transfer": "write a directive transfer beside kubernetes",
        "upstream": "external names go through this server anyway: remove it",
        "resyncperiod": "changes are watched: remove it",
        "apiserver_qps": limits, "apiserver_burst": limits, "apiserver_max_inflight": limits,
    ]

    private static let limits = "a few watches need no limit: remove it"
}
