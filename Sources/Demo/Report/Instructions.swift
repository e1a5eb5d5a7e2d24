/// What one can try in a cluster that was kept.
struct Instructions {
    private let cluster: Cluster

    init(_ cluster: Cluster) { self.cluster = cluster }

    var text: String {
        let directory = cluster.directory
        let option = directory == RunDirectory() ? "" : " --directory \(directory.path)"
        let enter = "weft demo\(option) enter"
        let web = cluster.services.web
        let address = web.addresses.first.map { "\($0)" } ?? ""
        return """

            The cluster is kept. Things to try:

              A pod asks a service by name, again and again:
                \(enter) client curl http://web
              Which objects gave an answer:
                \(enter) client weft dig web --search --why --manifests \(directory.manifests)
              Which way a connection goes on a node, and whether its kernel agrees:
                \(enter) node-1 weft explain \(web.namespace)/web:http --manifests \(directory.manifests)
              Take a pod out: set Ready to "False" and look at what answers
                $EDITOR \(directory.manifests)/pod-web-3.yaml
              From outside, by the load balancer's address:
                \(enter) outside curl http://\(ServicePlans.balancer(cluster.plan.families)[0])
              What the node's kernel holds:
                \(enter) node-1 nft list ruleset
              Logs:
                tail \(directory.logs)/*

            \(address) is web's address. Remove all of it:
                weft demo\(option) down

            """
    }
}
