import Kubernetes
import Platform
import Support

/// `weft rbac`.
let rbacCommand = Subcommand(
    "weft rbac", summary: "Print what Weft must be allowed to do, as manifests for kubectl apply",
    details: """
        Prints a ServiceAccount, a ClusterRole and a ClusterRoleBinding with the verbs and
        resources that Weft uses, and no others. They follow from its code, so they are right for
        this version: apply them again after an upgrade. With parts named (proxy, dns, agent, person
        for weft get and weft watch) it is what these need, else what all do.

          weft rbac --namespace network | kubectl apply -f -
          weft rbac --service-account coredns dns
        """,
    options: [
        Option(
            "namespace", letter: "n", value: "NS", standard: AccessManifest().namespace,
            help: "Where the service account is"),
        Option(
            "service-account", value: "NAME", standard: AccessManifest().serviceAccount,
            help: "Its name, and that of the role and the binding"),
    ], operand: "[PART...]", choices: Consumer.allCases.map(\.rawValue)
) { arguments in
    var manifest = AccessManifest()
    let parts = try arguments.operands.map { name throws(UsageError) in
        guard let part = Consumer(rawValue: name) else {
            throw .unknown("part", name, among: Consumer.allCases.map(\.rawValue))
        }
        return part
    }
    if !parts.isEmpty { manifest.consumers = Set(parts) }
    manifest.namespace = arguments.text("namespace") ?? manifest.namespace
    manifest.serviceAccount = arguments.text("service-account") ?? manifest.serviceAccount
    try StandardStream.output.write(manifest.text)
    return .success
}
