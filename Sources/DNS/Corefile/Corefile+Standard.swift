extension Corefile {
    /// What kubeadm installs, for a cluster whose names end in `cluster.local`.
    ///
    /// It counts where no file is named.
    package static let kubeadm = standard(zone: "cluster.local")

    package static func standard(zone: String) -> String {
        """
        .:53 {
            errors
            health {
               lameduck 5s
            }
            ready
            kubernetes \(zone) in-addr.arpa ip6.arpa {
               pods insecure
               fallthrough in-addr.arpa ip6.arpa
               ttl 30
            }
            prometheus :9153
            forward . /etc/resolv.conf {
               max_concurrent 1000
            }
            cache 30 {
               disable success \(zone)
               disable denial \(zone)
            }
            loop
            reload
            loadbalance
        }

        """
    }
}
