/// What one can try in a cluster that was kept.
struct Instructions {
    private let cluster: Cluster

    init(_ cluster: Cluster) { self.cluster = cluster }

    var text: String {
        let directory = cluster.directory
        let option = directory == RunDirectory() ? "" : " --directory \(directory.path)"
        let demo = "weft demo\(option)"
        let path =
            cluster.programs.isOnPath
            ? "" : "\n  export PATH=\(cluster.programs.plugins):$PATH\n"
        let (web, node) = (cluster.services.web, cluster.nodes[0])
        let balancer = ServicePlans.balancer(cluster.plan.families)[0]
        let objects = "--manifests \(directory.manifests)"
        return """

            The cluster is kept. Things to try:
            \(path)
              A pod asks a service by its name:
                \(demo) enter client curl http://web
              From outside, by the load balancer's address:
                \(demo) enter outside curl http://\(balancer)
              Take a pod out of its services, by Ready: "False", and ask again:
                $EDITOR \(directory.manifest("pod-web-3"))
              Which objects give an answer:
                \(demo) enter client weft dig web --search --why \(objects)
              Which way a connection goes on a node, and whether its kernel agrees:
                \(demo) enter \(node.name) weft explain \(web.namespace)/web:http \\
                    --hostname-override \(node.name) \(objects)
              How a node's agent does:
                weft status --socket \(node.socket)
              What a node's kernel holds:
                \(demo) enter \(node.name) nft list ruleset
              Logs:
                tail \(directory.logs)/*

            Remove all of it:
                \(demo) down

            """
    }
}
