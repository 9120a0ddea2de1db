import sys; sys.argv=['x','/tmp/none','/tmp/none']
src=open('/tmp/toy.py').read().split("out=Path")[0]
exec(src)
def offline_extractor(**k): return Toy()
