import Inspection
import Kubernetes
import Platform
import Support

/// `weft get`.
let getCommand = Subcommand(
    "weft get", summary: "Show services, endpoints, nodes, pods … as Weft sees them",
    details: """
        RESOURCE is one of these, or the word in parentheses:
          services (svc)            addresses and ports
          endpoints (ep)            how many of each service's endpoints are ready; with -o wide
                                    each endpoint with its state, node, zone and pod
          endpointslices            the API's objects that endpoints come from
          pods (po)                 whether they are ready; with -o wide their addresses and node
          nodes (no)                whether they are ready; with -o wide addresses and pod networks
          namespaces (ns)
          networkpolicies (netpol)
          servicecidrs              networks of services' addresses

        Tables, JSON and YAML are laid out as kubectl's, and hold what Weft keeps of the objects:
        the fields it acts on. A column of kubectl's that is missing is about another field. For
        endpoints, JSON and YAML show the EndpointSlices.

        Without --namespace and --all-namespaces, objects of the namespace "default" are shown. With --watch,
        an object that is deleted is shown once more, as in kubectl; weft watch tells the kinds
        of changes apart.

        \(SourceChoice.help)

        Ends with status 0, with 64 for a command line that is wrong, and with 1 when a name
        is not there or something could not be listed within --timeout: the message says what,
        and why as far as the source knows. With --watch, SIGINT and SIGTERM end with status 0.

        Examples:
          weft get svc -A
          weft get endpoints web -n shop -o wide -w
          weft get pods -l app=web,tier!=test -o yaml --manifests /etc/weft/manifests
        """,
    options: GetRequest.options + SourceChoice.options,
    operand: "RESOURCE [NAME...]", choices: View.allCases.map(\.rawValue)
) { arguments in
    let choice = try SourceChoice(arguments)
    let request = try GetRequest(arguments)
    return try withSource(choice, request.view.kinds) { source, reports in
        var getting = Getting(request, on: .standard)
        var follower = try Follower(source, reports, kinds: request.view.kinds)
        return try getting.run(&follower, patience: choice.patience)
    }
}
