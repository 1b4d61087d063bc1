/// What guessers try first: the heads of published lists of leaked passwords, and what is used in Việt Nam.
/// Lower case, without accents and blanks; runs and repetitions are recognised without a list.
let commonPasswords: Set<String> = Set(
    """
    password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword p@ssword1 p@ssw0rd1 pass1234
    pass12345 pass@123 pass@1234 passwort motdepasse contrasena qwerty123 qwerty1234 qwerty12345 qwerty12 qwertyuiop
    qwertyui qwerty@123 qwe123qwe qweasdzxc qweasd123 qwer1234 asdfghjkl asdfghjk asdf1234 asdfasdf zxcvbnm1 zxcvbnm123
    zxcvbnm, 1qaz2wsx 1qaz2wsx3edc 1qaz@wsx 1qazxsw2 zaq12wsx q1w2e3r4 q1w2e3r4t5 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y
    a1b2c3d4 abc12345 abcd1234 abcde12345 abc123456 abc123abc abc@1234 abcd@1234 a1234567 a12345678 a123456789 aa123456
    aa12345678 aa123456789 aa123123 a123123123 12345678a 123456789a 1234567890a 12345678abc 1234567a 123456aa 123456abc
    123456ab 12345abc 1234abcd 1234qwer 123qweasd 123qwe123 123abc456 123321123 123456123 123123456 123654789 147258369
    147852369 159357456 159753456 789456123 741852963 963852741 987654321 9876543210 0987654321 0123456789 1234567890
    12345678910 123456789123 12344321 11223344 1122334455 112233445566 10203040 11112222 88888888a 66668888 68686868
    79797979 86868686 19001009 01234567 012345678 87654321 1234554321 123456654321 13579246 24681357 1357924680
    iloveyou iloveyou1 iloveyou2 iloveyou123 iloveu123 loveyou123 sunshine sunshine1 princess princess1 football
    football1 baseball superman superman1 batman123 pokemon123 michael1 jennifer jordan23 charlie1 dragon123 monkey123
    shadow123 master123 killer123 trustno1 welcome1 welcome123 welcome@123 letmein1 letmein123 whatever starwars
    computer internet samsung1 samsung123 iphone123 google123 facebook facebook1 facebook123 changeme changeme123
    default1 temp1234 test1234 test12345 testtest testing123 guest123 user1234 admin123 admin1234 admin12345 admin@123
    admin@1234 administrator root1234 toor1234 secret123 system123 server123 oracle123 cisco123
    matkhau1 matkhau12 matkhau123 matkhau1234 matkhau@123 matkhau123456 matkhaumoi khongbiet khongnho khongcomatkhau
    anhyeuem anhyeuem1 anhyeuem123 anhyeuemnhieu emyeuanh emyeuanh123 yeuemnhieu yeuanhnhieu yeuem123 yeuanh123
    anhnhoem emnhoanh vochongyeu giadinhtoi giadinh123 concon123 contrai123 congai123 bemeyeucon mevabeyeu yeumenhieu
    chungtinhyeu tinhyeu123 tinhyeumai hanhphuc hanhphuc123 maimaiyeuem mottinhyeu honghoadang hoahong123 hoangtu123
    congchua congchua123 cuoilencoem deptrai123 xinhdep123 thienthan thienthan123 vietnam1 vietnam123 vietnam1234
    vietnam@123 vietnamvodich vietnam1945 vietnam1975 vietnam2021 vietnam2025 vietnam2026 hanoi123 hanoi1234 hanoi2021
    hanoi1010 saigon123 saigon1975 danang123 haiphong cantho123 nghean123 thanhhoa thanhhoa36 namdinh18 binhduong
    dongnai123 hochiminh hochiminh123 tphcm123 bacho1890 doclaptudo tudohanhphuc
    nguyen123 nguyen1234 nguyenvana nguyenvannam nguyenthihoa tranvana tuan1234 tuananh123 minhtuan thanhtung ngocanh1
    ngocanh123 thuylinh linhlinh huyen123 huong123 phuong123 thanh123 hoanganh quocanh123 ducanh123
    dichvucong dichvucong123 dichvucong@123 motcua123 motcua@123 canbo123 canbo@123 congchuc123 ubnd1234 ubnd@123
    tuphap123 tuphap@123 hanhchinh hanhchinh123 vnpt@123 vnpt1234 viettel123 viettel@123 mobifone1 vinaphone
    """.split(whereSeparator: \.isWhitespace).map(String.init)
)
